// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A text and the examples that are made from it.</summary>
internal interface IExampleSource : IDisposable
{
    /// <summary>Documents of the text.</summary>
    long Documents { get; }

    /// <summary>Their tokens.</summary>
    long Tokens { get; }

    /// <summary>Reads the text: once, and before all else.</summary>
    void Read();

    /// <summary>The numbers of the first examples, one after another in the same memory.</summary>
    IEnumerable<ExampleFeatures> First(int count);

    /// <summary>Makes all examples and hands them on as records, in order.</summary>
    void WriteTo(ExampleFiles files);
}
