// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something failed that is no mistake of the user's: disk full, divergence, a bug.</summary>
    public const int Failure = 1;

    /// <summary>Wrong arguments, configuration or paths.</summary>
    public const int Arguments = 2;

    /// <summary>The content of a file is not what it should be.</summary>
    public const int Data = 3;

    /// <summary>A check failed.</summary>
    public const int CheckFailed = 4;

    /// <summary>Interrupted by SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Interrupted by SIGTERM.</summary>
    public const int Terminated = 143;
}
