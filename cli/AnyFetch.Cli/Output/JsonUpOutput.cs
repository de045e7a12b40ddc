using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Server.Directories;

namespace AnyFetch.Cli.Output;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonUpOutput : IUpOutput
{
    public void Show(UpView view) => Console.WriteLine(JsonSerializer.Serialize(view, UpJson.Default.UpView));

    public void Done(UpView view, string directory) => Show(view);

    public void Watching()
    {
        // The "done" object has said everything that a program needs.
    }

    public void Changed(DirectoryRun run, DateTimeOffset at) =>
        Console.WriteLine(JsonSerializer.Serialize(run, UpJson.Default.DirectoryRun));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UpView))]
[JsonSerializable(typeof(DirectoryRun))]
internal sealed partial class UpJson : JsonSerializerContext;
