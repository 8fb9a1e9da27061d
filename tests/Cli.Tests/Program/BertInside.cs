// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Cli.Tests;

/// <summary>Runs command lines within this process: for many of a kind, where starting the program for each shows no more and takes most
/// of the time. For what writes text to the console alone: JSON, and what reads standard input, goes past it.</summary>
internal static class BertInside
{
    private static readonly RoutedWriter Output = new(Console.Out), Error = new(Console.Error);

    static BertInside()
    {
        Console.SetOut(Output);
        Console.SetError(Error);
    }

    /// <summary>The same as <see cref="Bert.Run"/>; several at a time do not mix.</summary>
    public static BertResult Run(params string[] arguments)
    {
        using StringWriter output = Output.Begin(), error = Error.Begin();
        int code = BertProgram.Run(arguments);
        return new BertResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Gives each test what it wrote itself, on whatever thread.</summary>
    private sealed class RoutedWriter(TextWriter others) : TextWriter
    {
        private readonly AsyncLocal<StringWriter?> _own = new();

        public override Encoding Encoding => others.Encoding;

        public StringWriter Begin() => _own.Value = new StringWriter();

        public override void Write(char value) => (_own.Value ?? others).Write(value);

        public override void Write(char[] buffer, int index, int count) => (_own.Value ?? others).Write(buffer, index, count);

        public override void Write(string? value) => (_own.Value ?? others).Write(value);
    }
}
