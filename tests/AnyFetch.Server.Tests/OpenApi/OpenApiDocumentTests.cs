using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnyFetch.Api.Authentication;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Server.Tests.OpenApi;

/// <summary>The document is whole, sound, and says what the routes say.</summary>
public sealed class OpenApiDocumentTests(OpenApiServer fixture) : IClassFixture<OpenApiServer>
{
    /// <summary>What people use in a browser, what the operator's command asks, and what has its own protocol.</summary>
    private static readonly string[] s_elsewhere = ["/app", "/manager", "/developers", "/operator", "/hydraters/", "/providers/"];

    private JsonElement Document => fixture.Document;

    [Fact]
    public void Every_route_is_described()
    {
        var missing = Routes()
            .Where(r => r.Endpoint.Metadata.GetMetadata<EndpointDescription>() is null)
            .Where(r => IsOfTheApi(r.Endpoint) || !IsElsewhere(r))
            .Select(r => $"{r.Method} {r.Path}");
        Assert.Empty(missing);
    }

    [Fact]
    public void The_document_holds_exactly_the_described_routes()
    {
        var mapped = Routes()
            .Where(r => r.Endpoint.Metadata.GetMetadata<EndpointDescription>() is not null)
            .Select(r => $"{r.Method} {r.Path}")
            .ToHashSet();
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Operations().Select(o => o.Name).Order(StringComparer.Ordinal));
        Assert.True(mapped.Count > 70, $"Only {mapped.Count} routes are described.");
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var checker = new SchemaChecker(Document);
        var references = All(Document).Where(p => p.Name == "$ref").Select(p => p.Value.GetString()!).Distinct().ToArray();
        Assert.NotEmpty(references);
        Assert.All(references, reference => checker.Resolve(reference));
    }

    [Fact]
    public void Every_schema_is_used_and_its_examples_are_valid()
    {
        var checker = new SchemaChecker(Document);
        var used = All(Document).Where(p => p.Name == "$ref").Select(p => p.Value.GetString()).ToHashSet();
        foreach (var schema in Document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Assert.Contains($"#/components/schemas/{schema.Name}", used);
            var examples = schema.Value.GetProperty("examples").EnumerateArray().ToArray();
            Assert.NotEmpty(examples);
            Assert.All(examples, e => AssertNoFaults(schema.Name, checker.Check(e, schema.Value)));
        }
    }

    [Fact]
    public void Every_operation_is_whole()
    {
        var ids = Operations().Select(o => o.Value.GetProperty("operationId").GetString()!).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        var tags = Document.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToHashSet();
        foreach (var (name, operation) in Operations())
        {
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.All(operation.GetProperty("tags").EnumerateArray(), t => Assert.Contains(t.GetString(), tags));
            var responses = operation.GetProperty("responses").EnumerateObject().ToArray();
            Assert.All(responses, r => Assert.NotEmpty(r.Value.GetProperty("description").GetString()!));
            Assert.True(responses.Any(r => r.Name[0] is '2' || (name == "GET /sign_out" && r.Name == "302")), name);
            var declared = Parameters(operation, "path").Select(p => p.GetProperty("name").GetString()!);
            Assert.Equal(Regex.Matches(name, @"\{(\w+)\}").Select(m => m.Groups[1].Value), declared);
        }
    }

    [Fact]
    public void Every_parameter_body_and_answer_has_a_valid_example()
    {
        var checker = new SchemaChecker(Document);
        foreach (var (name, operation) in Operations())
        {
            foreach (var parameter in Parameters(operation, null))
            {
                var example = parameter.GetProperty("example");
                AssertNoFaults($"{name} {parameter}", checker.Check(example, parameter.GetProperty("schema")));
            }

            var bodies = operation.TryGetProperty("requestBody", out var body) ? [body] : Array.Empty<JsonElement>();
            var answers = operation.GetProperty("responses").EnumerateObject().Select(r => r.Value);
            foreach (var content in bodies.Concat(answers).Where(r => r.TryGetProperty("content", out _)))
            {
                foreach (var media in content.GetProperty("content").EnumerateObject())
                {
                    CheckExamples(checker, $"{name} {media.Name}", media);
                }
            }
        }
    }

    [Fact]
    public void Errors_scopes_and_credentials_are_those_of_the_routes()
    {
        var routes = Routes().ToLookup(r => $"{r.Method} {r.Path}");
        foreach (var (name, operation) in Operations())
        {
            var access = routes[name].First().Endpoint.Metadata.GetMetadata<EndpointAccess>();
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                if (response.Value.TryGetProperty("x-anyfetch-codes", out var codes))
                {
                    Assert.All(
                        codes.EnumerateArray(),
                        c => Assert.Equal(response.Name, $"{ErrorCatalog.StatusOf(Enum.Parse<ErrorCode>(c.GetString()!))}"));
                }
            }

            var schemes = operation.GetProperty("security").EnumerateArray()
                .SelectMany(s => s.EnumerateObject().Select(p => p.Name))
                .ToHashSet();
            if (access is { IsAnonymous: false })
            {
                Assert.Equal(!access.IsTokenOnly, schemes.Contains("basic"));
                Assert.Equal(!access.IsBasicOnly, schemes.Contains("bearer"));
                Assert.Equal(access.IsAdminOnly, operation.GetProperty("x-anyfetch-admin").GetBoolean());
                Assert.Equal(
                    access.Scope == default ? null : Core.AccessTokens.ScopeNames.ToName(access.Scope),
                    operation.TryGetProperty("x-anyfetch-scope", out var scope) ? scope.GetString() : null);
                Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _), name);
            }
        }
    }

    [Fact]
    public async Task The_document_is_not_sent_twice()
    {
        using var first = await fixture.Server.Http.GetAsync(new Uri("openapi/v1.json", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, "openapi/v1.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await fixture.Server.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_page_needs_nothing_from_elsewhere()
    {
        foreach (var path in new[] { "docs", "docs/docs.css", "docs/docs.js" })
        {
            using var response = await fixture.Server.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
            var text = (await response.Content.ReadAsStringAsync()).Replace("http://www.w3.org/2000/svg", "");
            Assert.DoesNotContain("http://", text);
            Assert.DoesNotContain("https://", text);
            Assert.DoesNotContain("innerHTML", text);
        }
    }

    private static void CheckExamples(SchemaChecker checker, string name, JsonProperty media)
    {
        if (media.Name is not ("application/json" or "application/x-www-form-urlencoded" or "multipart/form-data"))
        {
            return;
        }

        var schema = media.Value.GetProperty("schema");
        if (media.Value.TryGetProperty("examples", out var examples))
        {
            Assert.All(examples.EnumerateObject(), e =>
                AssertNoFaults(name, checker.Check(
                    checker.Resolve(e.Value.GetProperty("$ref").GetString()!).GetProperty("value"), schema)));
            return;
        }

        AssertNoFaults(name, checker.Check(media.Value.GetProperty("example"), schema));
    }

    private static void AssertNoFaults(string what, List<string> faults) =>
        Assert.True(faults.Count == 0, $"{what}: {string.Join("; ", faults)}");

    private IEnumerable<(string Name, JsonElement Value)> Operations() => Document.GetProperty("paths").EnumerateObject()
        .SelectMany(p => p.Value.EnumerateObject().Select(o => ($"{o.Name.ToUpperInvariant()} {p.Name}", o.Value)));

    private IEnumerable<JsonElement> Parameters(JsonElement operation, string? place) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray()
                .Select(p => p.TryGetProperty("$ref", out var r) ? new SchemaChecker(Document).Resolve(r.GetString()!) : p)
                .Where(p => place is null || p.GetProperty("in").GetString() == place)
            : [];

    /// <summary>What is really mapped, each route once: batches have the API's again, HEAD goes with GET.</summary>
    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes() => fixture.Server
        .Get<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Where(m => m is not ("HEAD" or "OPTIONS"))
            .Select(m => (Method: m, Path: "/" + e.RoutePattern.RawText!.Trim('/'), Endpoint: e)))
        .DistinctBy(r => $"{r.Method} {r.Path}");

    private static bool IsOfTheApi(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<EndpointAccess>() is not null;

    /// <summary>Forms of pages are sent by those pages, with their anti-forgery token.</summary>
    private static bool IsElsewhere((string Method, string Path, RouteEndpoint Endpoint) route) =>
        s_elsewhere.Any(p => route.Path.StartsWith(p, StringComparison.Ordinal))
        || (route.Method == "POST" && route.Path is "/oauth/authorize" or "/connect/{clientId}" or "/sign_in"
            or "/sign_in/token" or "/sign_up" or "/app/token");

    private static IEnumerable<JsonProperty> All(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => All(p.Value).Prepend(p)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(All),
        _ => [],
    };
}
