using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Cli.Commands;
using AnyFetch.Cli.Profiles;

namespace AnyFetch.Cli.Output;

/// <summary>Everything that the command line reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureView))]
[JsonSerializable(typeof(ServerProfile))]
[JsonSerializable(typeof(SearchView))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(SentFile[]))]
[JsonSerializable(typeof(LoginView))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
