using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Makes paths and queries out of a route's pattern and its documented parameters.</summary>
internal sealed partial class FuzzTarget(Random random, FuzzNames names)
{
    private static readonly string[] s_undocumented =
    [
        "fields", "oauth_access_token", "bearer", "token", "@title", "@path", "@", "has_title", "has_", "identifier", "id", "search", "start",
        "limit", "pages", "return_to", "state", "force", "__proto__", "a[b]", "a[]", "%00", "",
    ];

    public string Make(FuzzRoute route)
    {
        var path = Parameter().Replace(route.Pattern, match => Value(route, match.Groups[1].Value));
        path = random.Next(40) switch
        {
            0 => path + "/",
            1 => path + "//",
            2 => path.Replace("/", "//", StringComparison.Ordinal),
            3 => path + "/%2e%2e/" + Escape(FuzzText.Any(random)),
            4 => path.ToUpperInvariant(),
            5 => path + "%00",
            6 => path + Escape(FuzzText.Any(random)),
            7 => "/./" + path.TrimStart('/'),
            _ => path,
        };
        var query = Query(route);
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>Percent-encodes a text, sometimes wrongly.</summary>
    public string Escape(string text)
    {
        text = text.Replace(FuzzText.HalfPair, "", StringComparison.Ordinal) switch { var t when t.Length < text.Length => t + "%ED%A0%80", var t => Uri.EscapeDataString(t) };
        return random.Next(60) switch
        {
            0 => text + "%",
            1 => text + "%zz",
            2 => text + "%ff%fe",
            3 => text.Replace("%", "%25", StringComparison.Ordinal),
            4 => text + "+",
            5 => text + "%00",
            6 => text + (char)random.Next(0x21, 0x100),
            _ => text,
        };
    }

    /// <summary>A value for a parameter of this name.</summary>
    public string ValueOf(string name, string example) => random.Next(10) switch
    {
        < 4 => HexId().IsMatch(example) ? names.Pick(random, KindOf(name)) : example,
        4 => names.Pick(random, KindOf(name)),
        5 when name is "search" or "strict" => FuzzText.Query(random),
        5 => FuzzText.Number(random),
        6 => FuzzText.Id(random),
        _ => name is "search" ? FuzzText.Query(random) : FuzzText.Any(random),
    };

    private string Value(FuzzRoute route, string parameter)
    {
        var kind = parameter switch
        {
            "identifier" => "identifier",
            "id" => KindOf(route.Pattern.Split('/')[1]),
            _ => KindOf(parameter),
        };
        var escaped = Escape(random.Next(10) < 7 ? names.Pick(random, kind) : FuzzText.Id(random));
        return escaped.Length == 0 ? "-" : escaped;
    }

    private string Query(FuzzRoute route)
    {
        var query = new StringBuilder();
        var known = route.Description?.Parameters ?? [];
        for (var left = random.Next(4) == 0 ? 0 : random.Next(1, 5); left > 0; left--)
        {
            var isKnown = known.Count > 0 && random.Next(5) != 0;
            var (name, example) = isKnown && known[random.Next(known.Count)] is var documented
                ? (documented.Name, documented.Example)
                : (FuzzText.One(random, s_undocumented), FuzzText.Any(random));
            name = name.Contains('<', StringComparison.Ordinal) ? "@title" : name;
            query.Append(query.Length == 0 ? "" : "&").Append(random.Next(50) == 0 ? name : Escape(name));
            query.Append(random.Next(30) == 0 ? "" : "=" + Escape(ValueOf(name, example)));
        }

        return random.Next(200) == 0
            ? query.Append(CultureInfo.InvariantCulture, $"&x={new string('y', random.Next(20_000))}").ToString()
            : query.ToString();
    }

    private static string KindOf(string name) => name switch
    {
        "documents" or "id" or "related" => "document",
        "users" or "user" or "user_access" => "user",
        "subcompanies" or "company" => "company",
        "document_types" or "document_type" => "type",
        "providers" or "provider" or "sources" or "manager" or "token" => "provider",
        "hydraters" => "hydrater",
        "developers" or "clientId" or "client_id" => "client",
        _ => name,
    };

    [GeneratedRegex(@"\{\**([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("^[0-9a-f]{24}$")]
    public static partial Regex HexId();
}
