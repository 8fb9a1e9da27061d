// SPDX-License-Identifier: Apache-2.0
using BertManaged.Cli.Tests.PretrainData;

namespace BertManaged.Cli.Tests.Arguments;

/// <summary>How flags are read, seen through the flag that lower-cases.</summary>
public class FlagTests
{
    private const string LowerCased = "5", Unknown = "1";

    [Theory]
    [InlineData("--do_lower_case")]
    [InlineData("--do-lower-case")]
    [InlineData("-do_lower_case")]
    [InlineData("--do_lower_case=true")]
    [InlineData("--do_lower_case=TRUE")]
    [InlineData("--do-lower-case=T")]
    [InlineData("--do_lower_case=1")]
    [InlineData("--do_lower_case true")]
    [InlineData("--do-lower-case t")]
    [InlineData("--nodo_lower_case --do_lower_case")]
    [InlineData("--do_lower_case=false --do-lower-case=true")]
    public void Boolean_ThatSaysYes_IsTrue(string flags) => Assert.Equal(LowerCased, Tokenize(flags));

    [Theory]
    [InlineData("--nodo_lower_case")]
    [InlineData("--nodo-lower-case")]
    [InlineData("--no-do-lower-case")]
    [InlineData("--do_lower_case=false")]
    [InlineData("--do_lower_case=F")]
    [InlineData("--do_lower_case=0")]
    [InlineData("--do-lower-case False")]
    [InlineData("--do_lower_case --nodo_lower_case")]
    [InlineData("--do_lower_case=true --do_lower_case=f")]
    public void Boolean_ThatSaysNo_IsFalse(string flags) => Assert.Equal(Unknown, Tokenize(flags));

    [Fact]
    public void Boolean_BeforeAnotherFlag_LeavesItAlone() => Assert.Equal("good", Tokenize("--do_lower_case --tokens"));

    [Fact]
    public void Value_GivenTwice_IsTheLastOne()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        BertResult result =
            Bert.RunOn("good", "tokenize", "--vocab_file=nowhere", "--vocab-file", Path.Combine(model, "vocab.txt"), "--input-file", "-");
        Assert.Equal("5", Assert.Single(result.Succeeded().OutputLines));
    }

    [Theory]
    [InlineData("--do_lower_case=yes", "--do_lower_case=yes: expected true, t, 1, false, f or 0")]
    [InlineData("--do-lower-case=maybe", "--do_lower_case=maybe: expected true, t, 1, false, f or 0")]
    [InlineData("--do_lower_case=yes --do_lower_case=true", "--do_lower_case=yes")]
    [InlineData("--do_lower_case yes", "unexpected argument 'yes'")]
    [InlineData("--nodo_lower_case=true", "takes no value")]
    [InlineData("--format=xml", "--format=xml: expected one of text, json")]
    [InlineData("--format", "--format needs a value: --format=text|json")]
    [InlineData("--format --tokens", "--format needs a value")]
    [InlineData("--format=", "--format= has an empty value")]
    [InlineData("--do_lowercase", "unknown flag --do_lowercase; the nearest known one is --do_lower_case")]
    [InlineData("--jsonlines", "the nearest known one is --jsonl")]
    [InlineData("--nojsonlines", "unknown flag --nojsonlines")]
    [InlineData("--noformat", "unknown flag --noformat")]
    [InlineData("stray", "unexpected argument 'stray'")]
    public void Flag_ThatIsWrong_IsOneLineThatSaysWhatIsAllowed(string flags, string message)
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, flags)).FailedWith(2, message);
    }

    [Theory]
    [InlineData("classify", "--eval_batch_size=many", "--eval_batch_size=many: expected a whole number")]
    [InlineData("classify", "--train_batch_size=8.5", "--train_batch_size=8.5: expected a whole number")]
    [InlineData("classify", "--max-steps=99999999999", "--max_steps=99999999999: expected a whole number")]
    [InlineData("classify", "--learning_rate=fast", "--learning_rate=fast: expected a number")]
    [InlineData("classify", "--learning_rate=nan", "--learning_rate=nan: expected a number")]
    [InlineData("classify", "--learning_rate=1e999", "--learning_rate=1e999: expected a number")]
    [InlineData("classify", "--seed=-1", "--seed=-1: expected a whole number from 0")]
    [InlineData("classify", "--optimizer=sgd", "--optimizer=sgd: expected one of google, adamw")]
    [InlineData("run_classifier", "--do_trian", "unknown flag --do_trian; the nearest known one is --do_train, and 'bert classify --help'")]
    [InlineData("gradcheck", "--op", "--op needs a value")]
    public void Value_ThatIsIllFormed_NamesFlagAndValue(string verb, string flag, string message) =>
        BertInside.Run(verb, flag).FailedWith(2, message);

    [Theory]
    [InlineData("clasify", "did you mean classify?")]
    [InlineData("run-classifier", "did you mean run_classifier?")]
    [InlineData("--verbose", "unknown flag --verbose")]
    public void Verb_ThatIsUnknown_IsOneLineThatNamesTheNearest(string verb, string message) => Bert.Run(verb).FailedWith(2, message);

    [Fact]
    public void Verb_WithVerbsOfItsOwn_NeedsOne() => Bert.Run("inspect").FailedWith(2, "weights, forward, gradients");

    [Theory]
    [InlineData("pretrain-data", "--threads=0", "--jobs=0: expected a whole number from 1")]
    [InlineData("pretrain-data", "--seed=x", "--random_seed=x: expected a whole number")]
    [InlineData("vocab", "--jobs=x", "--threads=x: expected a whole number")]
    [InlineData("classify", "--random-seed=-1", "--seed=-1: expected a whole number from 0")]
    [InlineData("quickstart", "--random_seed=x", "--seed=x: expected a whole number")]
    [InlineData("bench tokenize", "--jobs=x", "--threads=x: expected a whole number")]
    [InlineData("vocab", "--jbos=1", "unknown flag --jbos; the nearest known one is --threads")]
    public void Flag_ByTheNameOfOtherVerbs_IsKnown(string verb, string flag, string message)
    {
        using var folder = new TemporaryFolder();
        string[] required = verb == "pretrain-data" ? SmallText.Arguments(folder)[1..] : [];
        BertInside.Run([.. verb.Split(' '), .. required, flag]).FailedWith(2, message);
    }

    [Fact]
    public void Flag_ByBothItsNames_CountsLast()
    {
        using var folder = new TemporaryFolder();
        byte[][] files = [.. new[] { "--random_seed=7", "--seed=8 --random_seed=7", "--random_seed=8 --seed=7", "--seed=8" }.Select(seeds =>
        {
            Bert.Run(SmallText.Arguments(folder, seeds.Split(' '))).Succeeded();
            return File.ReadAllBytes(folder.At("out.tfrecord"));
        })];
        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
        Assert.NotEqual(files[0], files[3]);
    }

    private static string Tokenize(string flags)
    {
        using var folder = new TemporaryFolder();
        return Assert.Single(Run(folder, flags).Succeeded().OutputLines);
    }

    /// <summary>The vocabulary has "good" and not "Good".</summary>
    private static BertResult Run(TemporaryFolder folder, string flags) => Bert.RunOn("Good", Arguments(folder, flags));

    private static string[] Arguments(TemporaryFolder folder, string flags) =>
        ["tokenize", $"--vocab_file={Path.Combine(TinyModel.Write(folder), "vocab.txt")}", "--input_file=-", .. flags.Split(' ')];
}
