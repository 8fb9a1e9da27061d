// SPDX-License-Identifier: Apache-2.0
// Draws how a run of bert pretrain went, from its metrics.jsonl.    dotnet run samples/curve.cs -- metrics.jsonl curve.svg
using System.Globalization;
using System.Text;
using System.Text.Json;

const int Width = 640, Height = 240, Left = 56, Top = 28, Bottom = 36;
const int Points = 200;

if (args.Length != 2)
{
    Console.Error.WriteLine("expected the metrics.jsonl of a run and the picture to write: curve.cs -- metrics.jsonl curve.svg");
    return 2;
}

JsonElement[] steps = [.. File.ReadLines(args[0]).Select(line => JsonElement.Parse(line))];
var picture = new StringBuilder();
picture.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {2 * Height}\" ");
picture.Append("font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
Panel(0, "loss of masked tokens (nats)", Means("masked_lm_loss"), value => value.ToString("F1", CultureInfo.InvariantCulture));
Panel(Height, "accuracy of masked tokens", Means("masked_lm_accuracy"), value => value.ToString("P0", CultureInfo.InvariantCulture));
picture.Append("</svg>\n");
File.WriteAllText(args[1], picture.ToString());
return 0;

// A step has few masked tokens: each point is the mean of the steps that share a place on the paper.
(double Step, double Value)[] Means(string name) =>
[
    .. steps.Chunk(Math.Max(1, steps.Length / Points)).Select(
        part => (part.Average(s => s.GetProperty("step").GetDouble()), part.Average(s => s.GetProperty(name).GetDouble()))),
];

void Panel(int top, string title, (double Step, double Value)[] curve, Func<double, string> label)
{
    double last = curve[^1].Step, highest = curve.Max(p => p.Value) * 1.05;
    int bottom = top + Height - Bottom;
    Text(Left, top + 18, title, "start");
    for (int i = 0; i <= 4; i++)
    {
        double y = Y(highest * i / 4), x = Left + ((Width - Left - 16) * i / 4.0);
        picture.Append(
            CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - 16}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>\n");
        Text(Left - 6, y + 4, label(highest * i / 4), "end");
        Text(x, bottom + 18, (last * i / 4).ToString("F0", CultureInfo.InvariantCulture), "middle");
    }

    string points = string.Join(" ", curve.Select(
        p => string.Create(CultureInfo.InvariantCulture, $"{Left + ((Width - Left - 16) * p.Step / last):F1},{Y(p.Value):F1}")));
    picture.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"1.5\"/>\n");

    double Y(double value) => bottom - ((Height - Top - Bottom) * value / highest);
}

void Text(double x, double y, string text, string anchor) => picture.Append(
    CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{text}</text>\n");
