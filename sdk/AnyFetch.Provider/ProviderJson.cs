using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;

namespace AnyFetch.Provider;

/// <summary>Every shape that is stored or answered, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(ItemPayload))]
[JsonSerializable(typeof(ItemRow))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(TemporaryToken))]
[JsonSerializable(typeof(ErrorReply))]
[JsonSerializable(typeof(RenewalReply))]
[JsonSerializable(typeof(StatusReply))]
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(ErrorsReply))]
[JsonSerializable(typeof(RunsReply))]
[JsonSerializable(typeof(AccountSchedule))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ProviderJson : JsonSerializerContext;
