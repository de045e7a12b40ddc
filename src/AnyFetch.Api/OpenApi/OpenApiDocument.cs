using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Core.Descriptions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of what this server answers, made once from the descriptions beside the routes.
/// </summary>
internal sealed class OpenApiDocument(IServiceProvider services)
{
    /// <summary>The version of the contract, not of the server.</summary>
    private const string Version = "1.0";

    private static readonly ParameterDescription s_fields = new(
        "fields",
        Schema.Text,
        "Narrows the answer to these keys: `count,data.id`. Lists are transparent, a dot at the end empties an object, "
            + "unknown names select nothing. Errors are never narrowed.",
        "id");

    // The routes are all mapped before the first request comes, and never change afterwards.
    private readonly Lazy<byte[]> _json = new(() => Write(services.GetRequiredService<EndpointDataSource>()));

    private string? _tag;

    /// <summary>The document as UTF-8 text.</summary>
    public ReadOnlyMemory<byte> Json => _json.Value;

    /// <summary>Changes with the document; with its quotes.</summary>
    public string Tag => _tag ??= $"\"{Convert.ToHexStringLower(SHA256.HashData(_json.Value).AsSpan(0, 12))}\"";

    private static byte[] Write(EndpointDataSource endpoints)
    {
        var routes = DescribedRoute.All(endpoints);
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "AnyFetch",
                ["version"] = Version,
                ["description"] = OpenApiGuide.Text,
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This server" }),
            ["tags"] = OpenApiGuide.Tags(routes.Select(r => r.Description.Tag).ToHashSet()),
            ["paths"] = Paths(routes),
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = CredentialNeeds.Schemes(),
                ["parameters"] = new JsonObject { ["fields"] = OperationBuilder.Query(s_fields) },
                ["examples"] = ErrorResponses.Examples(),
                ["schemas"] = SchemaCatalog.All(),
            },
        };
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            text,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return text.ToArray();
    }

    private static JsonObject Paths(IReadOnlyList<DescribedRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (paths[route.Path] is not JsonObject path)
            {
                paths[route.Path] = path = [];
            }

            path[route.Method.ToLowerInvariant()] = OperationBuilder.Build(route);
        }

        return paths;
    }
}
