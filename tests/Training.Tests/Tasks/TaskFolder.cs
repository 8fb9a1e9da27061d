// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Training.Tests;

/// <summary>A data folder made for one test.</summary>
internal sealed class TaskFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("bert-task-").FullName;

    public TaskFolder With(string file, string text) => With(file, Encoding.UTF8.GetBytes(text));

    public TaskFolder With(string file, byte[] bytes)
    {
        string path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
