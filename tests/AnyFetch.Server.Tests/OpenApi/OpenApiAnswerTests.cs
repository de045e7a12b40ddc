using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.OpenApi;

/// <summary>The server answers as the document says.</summary>
public sealed class OpenApiAnswerTests(OpenApiServer fixture) : IClassFixture<OpenApiServer>
{
    private const string Identifier = "invoices/1265 (ä)?#.txt";

    private readonly SchemaChecker _checker = new(fixture.Document);

    [Fact]
    public async Task Reading_routes_answer_their_example_requests_as_described()
    {
        var ids = await PrepareAsync();
        var count = 0;
        foreach (var path in fixture.Document.GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("get", out var operation) || IsSkipped(path.Name, operation))
            {
                continue;
            }

            var address = Fill(path.Name, ids);
            foreach (var query in Queries(operation))
            {
                await CheckAsync(operation, address + query);
                count++;
            }
        }

        Assert.True(count > 60, $"Only {count} requests were sent.");
    }

    [Fact]
    public async Task Writing_documents_answers_as_described()
    {
        foreach (var path in new[] { "/documents", "/providers/documents" })
        {
            var operation = fixture.Document.GetProperty("paths").GetProperty(path).GetProperty("post");
            var example = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
                .GetProperty("example").GetRawText();
            using var response = await SendAsync(HttpMethod.Post, path, example);
            await CheckAsync(operation, path, response);
        }
    }

    private async Task<Dictionary<string, string>> PrepareAsync()
    {
        var server = fixture.Server;
        var other = await SendAsync(HttpMethod.Post, "/documents", """{"identifier":"other","metadata":{"title":"Other"}}""");
        other.EnsureSuccessStatusCode();
        var bulk = await SendAsync(HttpMethod.Post, "/company/hydrate", """{"filter":{"identifier":"nobody"}}""");
        bulk.EnsureSuccessStatusCode();
        var body = $$"""
            {"identifier":{{JsonSerializer.Serialize(Identifier)}},"related":["other"],"user_access":["{{server.AdminUser.Id}}"],
             "metadata":{"title":"Invoice 1265","name":"john"},"actions":{"show":"http://127.0.0.1/"}
            }
            """;
        var created = await SendAsync(HttpMethod.Post, "/documents", body);
        created.EnsureSuccessStatusCode();
        var id = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        var colleague = await server.AddUserAsync("colleague@example.org");
        var below = await SendAsync(HttpMethod.Post, "/subcompanies", $$"""{"user":"{{colleague.Id}}","name":"below"}""");
        below.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(
            async () => (await SendJsonAsync("/documents?limit=0")).GetProperty("count").GetInt64() >= 2,
            TimeSpan.FromSeconds(60),
            "the documents are found");
        var hydraters = await SendJsonAsync("/hydraters");
        return new Dictionary<string, string>
        {
            ["documents"] = id,
            ["users"] = server.AdminUser.Id.ToString(),
            ["document_types"] = "5252ce4ce4cfcd16f55cfa3b",
            ["providers"] = fixture.Provider.Id.ToString(),
            ["hydraters"] = hydraters[0].GetProperty("id").GetString()!,
            ["subcompanies"] = JsonDocument.Parse(await below.Content.ReadAsStringAsync()).RootElement
                .GetProperty("id").GetString()!,
        };
    }

    /// <summary>Left out: what needs a browser's session, a hydrater's task, a held file or the machine's Chromium.</summary>
    private static bool IsSkipped(string path, JsonElement operation) =>
        operation.GetProperty("security").EnumerateArray().Any(s => s.TryGetProperty("session", out _))
        || path is "/sign_in" or "/sign_up" or "/sign_out"
        || path.StartsWith("/hydration/", StringComparison.Ordinal)
        || path.EndsWith("/file", StringComparison.Ordinal)
        || path.EndsWith("/image", StringComparison.Ordinal);

    private static string Fill(string path, Dictionary<string, string> ids) => path
        .Replace("{identifier}", Uri.EscapeDataString(Identifier), StringComparison.Ordinal)
        .Replace("{id}", ids.GetValueOrDefault(path.Split('/')[1], ""), StringComparison.Ordinal);

    /// <summary>The request without any optional parameter, and one with each.</summary>
    private static IEnumerable<string> Queries(JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Where(p => p.TryGetProperty("in", out var place) && place.GetString() == "query").ToArray()
            : [];
        var required = parameters.Where(p => p.GetProperty("required").GetBoolean()).Select(Pair).ToArray();
        yield return Join(required);
        foreach (var parameter in parameters.Where(p => !p.GetProperty("required").GetBoolean()))
        {
            yield return Join([.. required, Pair(parameter)]);
        }
    }

    private static string Join(string[] pairs) => pairs.Length == 0 ? "" : "?" + string.Join('&', pairs);

    private static string Pair(JsonElement parameter)
    {
        var example = parameter.GetProperty("example");
        var value = example.ValueKind == JsonValueKind.Array ? example[0] : example;
        var name = parameter.GetProperty("name").GetString()!.Replace("<key>", "name", StringComparison.Ordinal);
        return $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value.ToString())}";
    }

    private async Task CheckAsync(JsonElement operation, string address)
    {
        var takesToken = operation.GetProperty("security").EnumerateArray().All(s => !s.TryGetProperty("basic", out _))
            || operation.GetProperty("security").EnumerateArray().Any(s => s.TryGetProperty("bearer", out _));
        var response = await SendAsync(HttpMethod.Get, address, null, usesToken: takesToken);
        await Eventually.TrueAsync(
            async () =>
            {
                // The store has seconds to answer; who asks for health asks again.
                if (address == "/health/ready" && response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    response.Dispose();
                    response = await SendAsync(HttpMethod.Get, address, null, usesToken: takesToken);
                    return false;
                }

                return true;
            },
            what: "the server is ready");
        using (response)
        {
            await CheckAsync(operation, address, response);
        }
    }

    private async Task CheckAsync(JsonElement operation, string address, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {(int)response.StatusCode} {text}");
        var (type, media) = operation.GetProperty("responses").GetProperty("200").GetProperty("content")
            .EnumerateObject().Select(m => (m.Name, m.Value)).Single();
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        if (type == "application/json")
        {
            var faults = _checker.Check(JsonDocument.Parse(text).RootElement, media.GetProperty("schema"));
            Assert.True(faults.Count == 0, $"{address}: {string.Join("; ", faults)}");
        }
    }

    private async Task<JsonElement> SendJsonAsync(string address)
    {
        using var response = await SendAsync(HttpMethod.Get, address);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string address,
        string? body = null,
        bool usesToken = true)
    {
        using var request = new HttpRequestMessage(method, fixture.Server.Url + address.TrimStart('/'));
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TestServer.AdminEmail}:{TestServer.AdminPassword}"));
        request.Headers.Authorization = usesToken
            ? new AuthenticationHeaderValue("Bearer", fixture.Token)
            : new AuthenticationHeaderValue("Basic", basic);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await fixture.Server.Http.SendAsync(request);
    }
}
