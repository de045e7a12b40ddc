using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Users;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// A company whose people send requests, too, but none who may change what is planted here: at the end it must be as it
/// was. Its mark is <c>v</c>; what its members must not see either is marked <c>h</c>.
/// </summary>
internal sealed class FuzzVictim
{
    /// <summary>What the passing of time and reading change.</summary>
    private static readonly string[] s_volatile =
        ["last_used", "document_count", "user_count", "subcompany_count", "updated", "last_update", "require_refresh"];

    private readonly FuzzCompany _company;
    private readonly User _admin;
    private readonly string _mark = FuzzMark.Of("v");
    private readonly List<(string Kind, string Id)> _things = [];
    private string _chief = "";
    private string _owner = "";

    private FuzzVictim(FuzzCompany company, User admin) => (_company, _admin) = (company, admin);

    public static async Task<FuzzVictim> PlantAsync(TestServer server)
    {
        var (company, admin) = await FuzzCompany.AddAsync(server, FuzzMark.Of("v"));
        var victim = new FuzzVictim(company, admin);
        await victim.PlantAsync();
        return victim;
    }

    /// <summary>Gives the ids of everything here, as ids of others.</summary>
    public void NameTo(FuzzNames names)
    {
        foreach (var (kind, id) in _things)
        {
            names.AddForeign(kind, id);
        }
    }

    /// <summary>
    /// A member with an application that may do everything but belongs to nobody here, and one that may only read.
    /// </summary>
    public async Task<IReadOnlyList<FuzzCaller>> AddCallersAsync()
    {
        var member = await _company.AddUserAsync("member", FuzzMark.Of("v"));
        var (_, whole) = await _company.AddTokenAsync(member, Scopes.All);
        var (_, reading) = await _company.AddTokenAsync(
            member, Scopes.ReadDocuments | Scopes.ReadDocumentTypes | Scopes.ReadUsers | Scopes.ReadCompanies | Scopes.ReadTokens);
        return [new FuzzCaller("victim's member", whole, "v"), new FuzzCaller("victim's reader", reading, "v")];
    }

    /// <summary>Everything that was planted, as its owner sees it.</summary>
    public async Task<string> DescribeAsync()
    {
        var lines = new List<string>();
        foreach (var (kind, id) in _things)
        {
            switch (kind)
            {
                case "document":
                    lines.Add(await ReadAsync($"documents/{id}/raw", _owner));
                    lines.Add(await _company.SendAsync("GET", $"documents/{id}/file", _owner));
                    lines.Add(await ReadAsync($"documents?id={id}&search=zebra&fields=count,data.id", _owner));
                    break;
                case "user" or "company" or "type" or "hydrater":
                    var path = kind switch { "user" => "users", "company" => "subcompanies", "type" => "document_types", _ => "hydraters" };
                    lines.Add(await ReadAsync($"{path}/{id}", _chief));
                    break;
                case "provider":
                    lines.Add(await ReadAsync($"providers/{id}", _owner));
                    break;
            }
        }

        lines.Add(await ReadAsync("company", _chief));
        return string.Join('\n', lines);
    }

    private async Task PlantAsync()
    {
        var insider = await _company.AddUserAsync("insider", FuzzMark.Of("v"));
        (_, _chief) = await _company.AddTokenAsync(_admin, Scopes.All);
        (var provider, _owner) = await _company.AddTokenAsync(insider, Scopes.All);
        _things.AddRange([("user", insider.Id.ToString()), ("user", _admin.Id.ToString()), ("provider", provider.Id.ToString())]);
        for (var i = 0; i < 4; i++)
        {
            _things.Add(("identifier", $"hidden-{i}"));
            _things.Add(("document", await _company.AddDocumentAsync(
                _owner, $"hidden-{i}", $"okapi zebra secret {FuzzMark.Of("h")}", $"[\"{insider.Id}\"]")));
            _things.Add(("identifier", $"open-{i}"));
            _things.Add(("document", await _company.AddDocumentAsync(_owner, $"open-{i}", $"okapi zebra {FuzzMark.Of("v")}")));
        }

        await _company.WaitForHydrationAsync();
        _things.Add(("type", await _company.AddAsync("document_types", _chief, FuzzCompany.Type(_mark))));
        _things.Add(("hydrater", await _company.AddAsync(
            "hydraters", _chief, $$"""{"url":"https://example.org/{{_mark}}","short_name":"{{_mark}}","description":"d"}""")));
        var mover = await _company.AddUserAsync("mover", FuzzMark.Of("v"));
        _things.Add(("company", await _company.AddAsync("subcompanies", _chief, $$"""{"user":"{{mover.Id}}","name":"{{FuzzMark.Of("v")}}"}""")));

        await Eventually.TrueAsync(
            async () => (await ReadAsync("documents?search=zebra&limit=0&fields=count", _owner)).Contains(":8}", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            "everything that was planted is found");

        // A hydrater of the company's own would be asked to hydrate, at an address that is not ours.
        var none = new StringContent("""{"hydraters":[]}""", new MediaTypeHeaderValue("application/json"));
        await _company.SendAsync("PATCH", "company", _chief, none);
    }

    private async Task<string> ReadAsync(string path, string authorization)
    {
        var json = JsonNode.Parse(await _company.SendAsync("GET", path, authorization))!;
        Strip(json);
        return json.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var name in s_volatile)
                {
                    fields.Remove(name);
                }

                foreach (var (_, value) in fields)
                {
                    Strip(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Strip(item);
                }

                break;
            default:
                break;
        }
    }
}
