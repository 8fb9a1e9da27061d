// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests.TextInput;

public class InputFilesTests
{
    private static readonly string[] Names =
    [
        "a.txt", "b.txt", "B.txt", "c1.txt", "c2.txt", "c10.txt", ".hidden.txt", "notes.md", "x/a.txt", "x/b.txt", "y/a.txt", "y/z/a.txt",
        "odd[1].txt", "d.txt/inside.txt", "ä.txt",
    ];

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("b.txt,a.txt", "b.txt", "a.txt")]
    [InlineData("a.txt, a.txt", "a.txt", "a.txt")]
    [InlineData("*.txt", "B.txt", "a.txt", "b.txt", "c1.txt", "c10.txt", "c2.txt", "odd[1].txt", "ä.txt")]
    [InlineData("c?.txt", "c1.txt", "c2.txt")]
    [InlineData("[a-b].txt", "a.txt", "b.txt")]
    [InlineData("[!a-b].*", "B.txt", "ä.txt")]
    [InlineData("[^aB].txt", "b.txt", "ä.txt")]
    [InlineData("c[12]*.txt", "c1.txt", "c10.txt", "c2.txt")]
    [InlineData("*/a.txt", "x/a.txt", "y/a.txt")]
    [InlineData("y/*/?.txt", "y/z/a.txt")]
    [InlineData("./x/*", "./x/a.txt", "./x/b.txt")]
    [InlineData(".h*", ".hidden.txt")]
    [InlineData("odd[1].txt", "odd[1].txt")]
    [InlineData("*.md,x/*", "notes.md", "x/a.txt", "x/b.txt")]
    public void Expand_NamesAndPatterns_GivesFilesInAStatedOrder(string list, params string[] expected)
    {
        using var folder = new TemporaryFolder();
        foreach (string name in Names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), name);
        }

        string absolute = string.Join(',', list.Split(',', StringSplitOptions.TrimEntries).Select(name => Path.Combine(folder.Path, name)));
        Assert.Equal(
            expected.Select(name => File.ReadAllText(Path.Combine(folder.Path, name))),
            InputFiles.Expand(absolute, "--input_file").Select(File.ReadAllText));
    }

    [Theory]
    [InlineData("none*.txt", "no file matches")]
    [InlineData("nowhere/*.txt", "no file matches")]
    [InlineData("[b-a].txt", "no file matches")]
    [InlineData("none.txt", "there is no file")]
    [InlineData("a.txt,none?", "none?")]
    [InlineData("x", "is a folder")]
    [InlineData("a.txt,", "there is no file")]
    public void Expand_OfNothing_SaysWhat(string list, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.txt"), "");
        Directory.CreateDirectory(folder.File("x"));
        string absolute = string.Join(',', list.Split(',').Select(name => name.Length == 0 ? "" : Path.Combine(folder.Path, name)));
        OptionsException e = Assert.Throws<OptionsException>(() => InputFiles.Expand(absolute, "--input_file"));
        Assert.StartsWith("--input_file: ", e.Message);
        Assert.Contains(message, e.Message);
    }
}
