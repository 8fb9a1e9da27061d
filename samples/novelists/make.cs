// SPDX-License-Identifier: Apache-2.0
// Makes train.tsv, dev.tsv and vocab.txt of this folder from a folder of novels:
//     dotnet run samples/novelists/make.cs -- <folder of novels> [<folder to write to>]
// Nothing is random: the same novels give the same bytes. README.md says what each step is for.
using System.Text.RegularExpressions;

const int trainPerAuthor = 900, devPerAuthor = 150, vocabularySize = 3000;
Book[] books =
[
    new("train", "Burnett_Lord_1886"), new("train", "Burnett_Princess_1905"), new("dev", "Burnett_Garden_1911"),
    new("train", "Eliot_Daniel_1876"), new("dev", "Eliot_Felix_1866"),
    new("train", "Stevenson_Treasure_1883"), new("train", "Stevenson_Catriona_1893"), new("dev", "Stevenson_Arrow_1888"),
];
if (args.Length is not (1 or 2) || !books.All(b => File.Exists(b.Path(args[0]))))
{
    Console.Error.WriteLine($"Expected a folder that holds {string.Join(", ", books.Select(b => $"{b.File}.txt"))}.");
    return 2;
}

string folder = args.Length > 1 ? args[1] : (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
Dictionary<string, string[]> sentences =
    books.ToDictionary(b => b.File, b => Sentences.Of(File.ReadAllText(b.Path(args[0]))).ToArray());
HashSet<string> common = Sentences.CommonWords(sentences.Values.SelectMany(s => s));
string[][] train = Examples("train", trainPerAuthor), dev = Examples("dev", devPerAuthor);
Write("train.tsv", train.Select(e => string.Join('\t', e)).Prepend("text\tauthor"));
Write("dev.tsv", dev.Select(e => string.Join('\t', e)).Prepend("text\tauthor"));
Write("vocab.txt", Vocabulary.Learn(train.Select(e => e[0]), vocabularySize));
return 0;

// [text, author] rows; the authors take turns, so that any stretch of the file is balanced.
string[][] Examples(string set, int perAuthor)
{
    string[] authors = [.. books.Select(b => b.Author).Distinct()];
    string[][] passages = [.. authors.Select(a => FromBooks([.. books.Where(b => b.Author == a && b.Set == set)], perAuthor))];
    return [.. Enumerable.Range(0, perAuthor).SelectMany(i => authors.Select((author, a) => new[] { passages[a][i], author }))];
}

// Evenly spaced over the author's books, in their order.
string[] FromBooks(Book[] theirs, int count)
{
    string[] passages = [.. theirs.SelectMany(book => Passages.Of(sentences[book.File], common))];
    Console.WriteLine($"{theirs[0].Author}: {passages.Length} passages in {string.Join(", ", theirs.Select(b => b.File))}");
    return [.. Enumerable.Range(0, count).Select(i => passages[(int)((long)i * passages.Length / count)])];
}

void Write(string name, IEnumerable<string> lines) =>
    File.WriteAllText(Path.Combine(folder, name), string.Concat(lines.Select(line => line + "\n")));

internal sealed record Book(string Set, string File)
{
    public string Author => File.Split('_')[0];

    public string Path(string folder) => System.IO.Path.Combine(folder, File + ".txt");
}

internal static partial class Sentences
{
    /// <summary>The sentences of a novel, one paragraph a line, without quotation marks: printers differ in them, not authors.</summary>
    public static IEnumerable<string> Of(string novel) =>
        novel.Split('\n').SelectMany(paragraph => End().Split(Spaces().Replace(paragraph, " ").Trim())).Select(Clean);

    /// <summary>Words that often stand in lower case: a capital at the beginning of a sentence makes no name of them.</summary>
    public static HashSet<string> CommonWords(IEnumerable<string> sentences) =>
        [.. sentences.SelectMany(Words).Where(w => char.IsLower(w[0])).GroupBy(w => w).Where(g => g.Count() >= 20).Select(g => g.Key)];

    public static string[] Words(string sentence) => [.. Word().Matches(sentence).Select(m => m.Value)];

    /// <summary>Whether a sentence is whole, plain and free of names (of anything with a capital but "I").</summary>
    public static bool IsNameless(string sentence, HashSet<string> common)
    {
        string[] words = Words(sentence);
        return Plain().IsMatch(sentence) && words.Length > 0 && words.Skip(1).All(w => char.IsLower(w[0]) || IsI(w))
            && (IsI(words[0]) || common.Contains(words[0].ToLowerInvariant()));
    }

    private static bool IsI(string word) => word == "I" || word.StartsWith("I'", StringComparison.Ordinal);

    private static string Clean(string sentence) =>
        Spaces().Replace(Dash().Replace(OuterApostrophe().Replace(sentence.Replace("\"", ""), ""), " "), " ").Trim();

    [GeneratedRegex("""(?<=[.!?])["']*\s+(?=["']*[A-Z])""")]
    private static partial Regex End();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"--+|(?<=\s)-|-(?=\s)")]
    private static partial Regex Dash();

    [GeneratedRegex("(?<![A-Za-z])'|'(?![A-Za-z])")]
    private static partial Regex OuterApostrophe();

    [GeneratedRegex("^[A-Z][A-Za-z ,;:.!?'-]*[.!?]$")]
    private static partial Regex Plain();

    [GeneratedRegex("[A-Za-z]+(?:'[A-Za-z]+)*")]
    private static partial Regex Word();
}

internal static class Passages
{
    private const int Shortest = 25;
    private const int Longest = 45;

    /// <summary>Runs of neighbouring sentences without names, of 28 to 45 words.</summary>
    public static List<string> Of(string[] sentences, HashSet<string> common)
    {
        var passages = new List<string>();
        var run = new List<string>();
        foreach (string sentence in sentences)
        {
            bool nameless = Sentences.IsNameless(sentence, common);
            if (!nameless || Length([.. run, sentence]) > Longest)
            {
                run.Clear();
            }

            if (nameless && Length([.. run, sentence]) <= Longest)
            {
                run.Add(sentence);
            }

            if (Length(run) >= Shortest)
            {
                passages.Add(string.Join(' ', run));
                run.Clear();
            }
        }

        return passages;
    }

    private static int Length(IEnumerable<string> sentences) => sentences.Sum(s => Sentences.Words(s).Length);
}

/// <summary>Word pieces by byte-pair merges (Sennrich et al. 2016) within lower-cased words.</summary>
internal static partial class Vocabulary
{
    public static IEnumerable<string> Learn(IEnumerable<string> texts, int size)
    {
        (string[] Pieces, int Count)[] words = [.. texts.SelectMany(t => Token().Matches(t.ToLowerInvariant()))
            .GroupBy(m => m.Value).Select(g => (Split(g.Key), g.Count()))];
        var pieces = new List<string>(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]);
        string[] characters = [.. words.SelectMany(w => w.Pieces).Select(p => p[^1..]).Distinct().Order(StringComparer.Ordinal)];
        pieces.AddRange(characters);
        pieces.AddRange(characters.Where(c => char.IsLetter(c[0])).Select(c => "##" + c));
        while (pieces.Count < size)
        {
            (string left, string right) = MostFrequentPair(words);
            string merged = left + right[2..];
            pieces.Add(merged);
            for (int i = 0; i < words.Length; i++)
            {
                words[i].Pieces = Merge(words[i].Pieces, left, right, merged);
            }
        }

        return pieces;
    }

    private static string[] Split(string word) => [.. word.Select((c, i) => i == 0 ? c.ToString() : "##" + c)];

    /// <summary>The first by spelling of equally frequent pairs.</summary>
    private static (string Left, string Right) MostFrequentPair((string[] Pieces, int Count)[] words)
    {
        var counts = new Dictionary<(string Left, string Right), int>();
        foreach ((string[] pieces, int count) in words)
        {
            for (int i = 1; i < pieces.Length; i++)
            {
                (string, string) pair = (pieces[i - 1], pieces[i]);
                counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
        }

        int most = counts.Values.Max();
        return counts.Where(c => c.Value == most).Select(c => c.Key)
            .OrderBy(p => p.Left, StringComparer.Ordinal).ThenBy(p => p.Right, StringComparer.Ordinal).First();
    }

    private static string[] Merge(string[] pieces, string left, string right, string merged)
    {
        var after = new List<string>(pieces.Length);
        for (int i = 0; i < pieces.Length; i++)
        {
            bool here = pieces[i] == left && i + 1 < pieces.Length && pieces[i + 1] == right;
            after.Add(here ? merged : pieces[i]);
            i += here ? 1 : 0;
        }

        return after.Count == pieces.Length ? pieces : [.. after];
    }

    [GeneratedRegex("[a-z]+|[^a-z ]")]
    private static partial Regex Token();
}
