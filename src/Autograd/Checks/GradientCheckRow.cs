// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>What a comparison of gradients says.</summary>
public enum GradientVerdict
{
    /// <summary>They agree, and would not if the backward were wrong.</summary>
    Right,

    /// <summary>They differ.</summary>
    Wrong,

    /// <summary>They agree, but the gradient is 0: a backward that does nothing would agree as well.</summary>
    ProvesNothing,
}

/// <summary>What a gradient check found for one input or parameter.</summary>
/// <param name="Name">Of the input or parameter.</param>
/// <param name="Coordinates">How many elements were compared.</param>
/// <param name="LargestError">Largest of |analytic − numeric| / (1 + |numeric|) over them.</param>
/// <param name="LargestGradient">Largest numeric gradient among them; 0 would prove nothing.</param>
public sealed record GradientCheckRow(string Name, int Coordinates, double LargestError, double LargestGradient)
{
    /// <summary>What that means.</summary>
    public GradientVerdict Verdict =>
        !(LargestError <= GradientCheck.Tolerance) ? GradientVerdict.Wrong
        : LargestGradient > GradientCheck.SmallestProof ? GradientVerdict.Right
        : GradientVerdict.ProvesNothing;
}
