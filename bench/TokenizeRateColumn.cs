// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BertManaged.Text;

namespace BertManaged.Bench;

/// <summary>Millions of tokens per second: the tokens of the prose by the mean time of a pass over it.</summary>
internal sealed class TokenizeRateColumn : IColumn
{
    private readonly Lazy<int> _tokens = new(() =>
    {
        List<int> ids = [];
        new BertTokenizer(TokenizeFiles.Vocabulary()).Encode(TokenizeFiles.Prose(), ids);
        return ids.Count;
    });

    public string Id => nameof(TokenizeRateColumn);

    public string ColumnName => "M tokens/s";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Millions of tokens per second on one thread";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (1e3 * _tokens.Value / statistics.Mean).ToString("F1", CultureInfo.InvariantCulture)
            : "?";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
