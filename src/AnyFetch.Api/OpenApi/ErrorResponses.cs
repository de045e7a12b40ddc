using System.Text.Json.Nodes;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.OpenApi;

/// <summary>What the document says about errors, from the catalogue.</summary>
internal static class ErrorResponses
{
    /// <summary>The answer with one status: which codes it may have, with an example of each.</summary>
    public static JsonObject Build(int status, IReadOnlyList<ErrorCode> codes)
    {
        var meanings = ErrorCatalog.All.ToDictionary(e => e.Code, e => e.When);
        var response = new JsonObject
        {
            ["description"] = string.Join('\n', codes.Select(c => $"`{c}`: {meanings[c]}")),
        };
        if (HeaderOf(status) is var (name, text))
        {
            response["headers"] = new JsonObject
            {
                [name] = new JsonObject
                {
                    ["description"] = text,
                    ["schema"] = new JsonObject { ["type"] = "string" },
                },
            };
        }

        response["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Error" },
                ["examples"] = new JsonObject(codes.Select(c => KeyValuePair.Create(
                    c.ToString(),
                    (JsonNode?)new JsonObject { ["$ref"] = $"#/components/examples/{c}" }))),
            },
        };
        response["x-anyfetch-codes"] = new JsonArray([.. codes.Select(c => JsonValue.Create(c.ToString()))]);
        return response;
    }

    /// <summary>An example of every error.</summary>
    public static JsonObject Examples() => new(ErrorCatalog.All.Select(e => KeyValuePair.Create(
        e.Code.ToString(),
        (JsonNode?)new JsonObject
        {
            ["summary"] = e.When,
            ["value"] = new JsonObject { ["code"] = e.Code.ToString(), ["message"] = e.When.Replace("`", "'", StringComparison.Ordinal) },
        })));

    private static (string Name, string Text)? HeaderOf(int status) => status switch
    {
        401 => ("WWW-Authenticate", "`Bearer`."),
        429 => ("Retry-After", "Seconds to wait."),
        _ => null,
    };
}
