// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>The verbs of this program.</summary>
internal static class PeerProgram
{
    private const string Usage = """
        Peers libtorch    --mode classify|mlm|infer, then as below
        Peers onnxruntime --config C --batch B --seq S --lengths FILE --pad seq|longest --steps N --threads T --cache DIR
        Peers tokenizers  --text FILE --vocab FILE --steps N
        Peers lengths     --mrpc DIR --vocab FILE --output FILE
        Peers check       --model DIR
        Peers weaken      --library FILE --version NAME
        Peers compare     --bert PROGRAM --peer PROGRAM --readme FILE --pairs N --steps N --threads T --mrpc DIR --vocab FILE
                          --text FILE --model DIR --rows TEXT --record FILE
        """;

    /// <returns>0; 1 where something failed, with one line on standard error.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            return Dispatch(arguments);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            Console.Error.WriteLine($"peers: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static int Dispatch(string[] arguments)
    {
        if (arguments is not [{ } verb, ..])
        {
            Console.Out.WriteLine(Usage);
            return 1;
        }

        var options = new PeerOptions(arguments[1..]);
        return verb switch
        {
            "libtorch" => LibtorchPeer.Run(options),
            "onnxruntime" => OnnxRuntimePeer.Run(options),
            "tokenizers" => TokenizersPeer.Run(options),
            "lengths" => MrpcLengths.Run(options),
            "compare" => Comparison.Run(options),
            "weaken" => VersionNeeds.Weaken(options.Required("library"), options.Required("version")),
            "check" => OnnxCheck.Run(options),
            _ => throw new ArgumentException($"there is no verb '{verb}'; call the program without arguments for a list"),
        };
    }
}
