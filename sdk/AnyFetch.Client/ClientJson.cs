using System.Text.Json;
using System.Text.Json.Serialization;
using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>Every shape that crosses the wire, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(UtcDateConverter)])]
[JsonSerializable(typeof(ServerStatus))]
[JsonSerializable(typeof(ApiIndex))]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ProviderUpdatedReport))]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(SearchPage))]
[JsonSerializable(typeof(RelatedPage))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(User[]))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(Company))]
[JsonSerializable(typeof(Company[]))]
[JsonSerializable(typeof(CompanyChange))]
[JsonSerializable(typeof(SubcompanyCreation))]
[JsonSerializable(typeof(DocumentType))]
[JsonSerializable(typeof(DocumentType[]))]
[JsonSerializable(typeof(DocumentTypeCreation))]
[JsonSerializable(typeof(DocumentTypeChange))]
[JsonSerializable(typeof(ConnectedProvider))]
[JsonSerializable(typeof(ConnectedProvider[]))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, int>>))]
[JsonSerializable(typeof(AccountNameRequest))]
[JsonSerializable(typeof(ExchangeReply))]
[JsonSerializable(typeof(HydraterReference))]
[JsonSerializable(typeof(HydraterReference[]))]
[JsonSerializable(typeof(HydraterDraft))]
[JsonSerializable(typeof(PageFailure))]
[JsonSerializable(typeof(PageReceipt))]
[JsonSerializable(typeof(PageState))]
[JsonSerializable(typeof(ReadersQuestion))]
[JsonSerializable(typeof(ReadersReply))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>The answer of <c>GET /token</c>.</summary>
internal sealed record TokenReply
{
    public string Token { get; init; } = "";
}
