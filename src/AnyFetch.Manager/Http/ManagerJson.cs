using System.Text.Json.Serialization;
using AnyFetch.Core.Errors;
using AnyFetch.Manager.Exchange;
using AnyFetch.Manager.Marketplace;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Manager.Http;

/// <summary>The JSON that the manager writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ExchangeReply))]
[JsonSerializable(typeof(ExchangeErrorBody))]
[JsonSerializable(typeof(IReadOnlyList<MarketplaceEntry>))]
[JsonSerializable(typeof(SessionToken))]
internal sealed partial class ManagerJson : JsonSerializerContext
{
    /// <summary>Answers with an error in the API's shape.</summary>
    public static IResult Error(Error error) => TypedResults.Json(
        new ErrorBody(error.Code.ToString(), error.Message),
        Default.ErrorBody,
        statusCode: ErrorCatalog.StatusOf(error.Code));
}

/// <summary>An error in the API's shape (api.md §2).</summary>
internal sealed record ErrorBody(string Code, string Message);
