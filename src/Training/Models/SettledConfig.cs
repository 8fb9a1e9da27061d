// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The config that a run computes by, where the user, the weights and a config file may each say something.</summary>
/// <param name="ConfigFile">What the user named; null for the model's own.</param>
/// <param name="Dropout">One probability for all dropout; null: the config's.</param>
/// <param name="Gelu">Form of "gelu"; null: what the config's origin means by it.</param>
internal sealed record SettledConfig(string? ConfigFile, double? Dropout, GeluForm? Gelu)
{
    /// <summary>The config, with dropout and GELU as asked for. Weights in a Hugging Face folder say themselves which GELU made
    /// them.</summary>
    /// <param name="described">Where a config may lie; null for nowhere.</param>
    /// <param name="weights">The first weights; null to start from scratch.</param>
    /// <param name="log">Told where two files disagree.</param>
    /// <exception cref="OptionsException">There is no config.</exception>
    public BertConfig Read(ModelFiles? described, ModelFiles? weights, ITrainingLog log)
    {
        BertConfig config = ConfigFile is { } file
            ? ModelFiles.ReadConfig(file)
            : (described ?? throw ModelFiles.Missing("--bert_config_file")).ReadConfig();
        if (weights is not null && OwnConfig(weights) is { } own)
        {
            if (own.HiddenAct != config.HiddenAct && Gelu is null)
            {
                log.Warning(
                    $"{weights.Location}/config.json says hidden_act {own.HiddenAct}, {ConfigFile} {config.HiddenAct}: "
                    + "computing as the weights' own config says");
            }

            config = config with { HiddenAct = own.HiddenAct, Labels = own.Labels };
        }

        config = Dropout is { } probability ? config.WithDropout(probability) : config;
        return Gelu is { } form ? config.WithGelu(form) : config;
    }

    private static BertConfig? OwnConfig(ModelFiles weights) =>
        Directory.Exists(weights.Location)
        && File.Exists(Path.Combine(weights.Location, "model.safetensors"))
        && File.Exists(Path.Combine(weights.Location, "config.json")) ? weights.TryReadConfig() : null;
}
