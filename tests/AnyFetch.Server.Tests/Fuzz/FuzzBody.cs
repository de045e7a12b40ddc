using System.Text;
using System.Text.Json.Nodes;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Makes bodies: the documented example, changed in some places, in every encoding, whole or broken.</summary>
internal sealed class FuzzBody(Random random, FuzzNames names, FuzzTarget target)
{
    private const string Boundary = "fuzz-boundary";

    private static readonly JsonObject s_pageFields = JsonNode.Parse("""
        {"email":"user@example.org","password":"long enough","name":"Okapi","return_to":"/manager","description":"An okapi.",
         "redirect_uri":"http://127.0.0.1:1/init/connect","oauth_app":"true","public":"true","scopes":"read_documents",
         "decision":"allow","client_id":"53270000f9ad0b3a6a000004","response_type":"code","state":"okapi","grant_type":"authorization_code",
         "client_secret":"x","code":"x","access_token":"x","account_name":"Okapi","code_challenge":"x","code_verifier":"x"}
        """)!.AsObject();

    /// <summary>The body and what it says it is; null for none.</summary>
    public (byte[] Body, string? Type)? Make(FuzzRoute route, FuzzCaller caller)
    {
        if (route.Method is "GET" or "HEAD" or "OPTIONS" ? random.Next(30) != 0 : random.Next(20) == 0)
        {
            return null;
        }

        var fields = route.Description?.Body is { } body
            ? JsonNode.Parse(body.Example) as JsonObject ?? []
            : s_pageFields.DeepClone().AsObject();
        FillIn(fields);
        for (var left = random.Next(4); left > 0; left--)
        {
            Change(fields);
        }

        if (caller.Proof is { } proof && random.Next(10) != 0)
        {
            fields["proof"] = proof;
        }

        var form = route.Kind == RouteKind.Page ? 7 : 2;
        var (bytes, type) = random.Next(10) switch
        {
            var n when n < form => (Form(fields), "application/x-www-form-urlencoded"),
            var n when n == form => (Multipart(fields), $"multipart/form-data; boundary={Boundary}"),
            _ when route.Pattern.EndsWith("/file", StringComparison.Ordinal) && random.Next(3) > 0 =>
                (Multipart(fields), $"multipart/form-data; boundary={Boundary}"),
            _ => (Json(fields), "application/json"),
        };
        return (Break(bytes), random.Next(20) switch
        {
            0 => null,
            1 => FuzzText.One(random, ["text/plain", "multipart/form-data", "application/json; charset=utf-16", "application/x-www-form-urlencoded; charset=x",
                "multipart/form-data; boundary=\"\"", "*/*", "application/json", "multipart/form-data; boundary=" + new string('b', 300)]),
            _ => type,
        });
    }

    /// <summary>Puts things that exist into the places of ids.</summary>
    private void FillIn(JsonObject fields)
    {
        foreach (var (name, value) in fields.ToList())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var id) && FuzzTarget.HexId().IsMatch(id))
            {
                fields[name] = target.ValueOf(name, id);
            }
            else if (name is "related" or "user_access" && value is JsonArray)
            {
                fields[name] = new JsonArray(target.ValueOf(name, "53270000f9ad0b3a6a000004"));
            }
            else if (name == "identifier" && random.Next(4) > 0)
            {
                fields[name] = names.Pick(random, "identifier");
            }
        }
    }

    private void Change(JsonObject fields)
    {
        if (fields.Count == 0 || random.Next(6) == 0)
        {
            fields[FuzzText.One(random, ["id", "identifier", "document_type", "metadata", "data", "user_access", "x", "", "__proto__", "file"])] = Value(0);
            return;
        }

        var name = fields.ElementAt(random.Next(fields.Count)).Key;
        if (fields[name] is JsonObject inner && random.Next(2) == 0)
        {
            Change(inner);
        }
        else if (random.Next(6) == 0)
        {
            fields.Remove(name);
        }
        else
        {
            fields[name] = random.Next(3) == 0 ? target.ValueOf(name, "53270000f9ad0b3a6a000004") : Value(0);
        }
    }

    private JsonNode? Value(int depth) => random.Next(depth > 3 ? 5 : 8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(FuzzText.One(random, ["0", "-1", "1.5", "1e3", "99999999999999999999", "1e400", "2499", "-0", "1E-400"])),
        3 or 4 => FuzzText.Any(random),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))]),
        6 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"{FuzzText.Any(random)}{i}", Value(depth + 1)))),
        _ => Nested(random.Next(1, 80)),
    };

    private JsonNode Nested(int levels)
    {
        JsonNode node = JsonValue.Create("okapi");
        for (; levels > 0; levels--)
        {
            node = random.Next(2) == 0 ? new JsonArray(node) : new JsonObject { ["n"] = node };
        }

        return node;
    }

    private byte[] Json(JsonObject fields)
    {
        var text = TextOf(fields);
        text = random.Next(40) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text + FuzzText.One(random, ["{}", " x", ",", "\0", "//"]),
            2 => $"[{text}]",
            3 => text.Insert(1, TextOf(fields) is ['{', .. var rest, '}'] && rest.Length > 0 ? rest + "," : ""),
            4 => FuzzText.Any(random),
            5 => new string('[', random.Next(2_000)),
            6 => "\uFEFF" + text,
            _ => text,
        };
        return Encoding.UTF8.GetBytes(text);
    }

    private static string TextOf(JsonNode? node) =>
        (node?.ToJsonString(s_deep) ?? "null").Replace(FuzzText.HalfPair, "\\ud800", StringComparison.Ordinal);

    private static readonly System.Text.Json.JsonSerializerOptions s_deep = new() { MaxDepth = 200 };

    private byte[] Form(JsonObject fields) => Encoding.Latin1.GetBytes(string.Join('&', fields.Select(f =>
        $"{target.Escape(f.Key)}={target.Escape(Plain(f.Value))}{(random.Next(20) == 0 ? "&" + target.Escape(f.Key) + "=again" : "")}")));

    private byte[] Multipart(JsonObject fields)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            var disposition = random.Next(40) switch
            {
                0 => "Content-Disposition: form-data",
                1 => $"Content-Disposition: form-data; name=\"{new string('n', random.Next(20_000))}\"",
                2 => "X-Nothing: x",
                _ => $"Content-Disposition: form-data; name=\"{name}\"",
            };
            body.Append($"--{Boundary}\r\n{disposition}\r\n\r\n{Plain(value)}\r\n");
        }

        if (random.Next(4) > 0)
        {
            var name = FuzzText.One(random, ["a.txt", "a.pdf", "a.docx", "../../a.txt", "", "é.png", new string('f', 2_000)]);
            body.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{FuzzText.Any(random)}\r\n");
        }

        body.Append(random.Next(20) == 0 ? "--" + Boundary : $"--{Boundary}--\r\n");
        return Encoding.UTF8.GetBytes(body.ToString());
    }

    private static string Plain(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var plain)
        ? plain
        : TextOf(value);

    private byte[] Break(byte[] body)
    {
        if (body.Length == 0 || random.Next(12) != 0)
        {
            return body;
        }

        switch (random.Next(3))
        {
            case 0:
                return body[..random.Next(body.Length)];
            case 1:
                body[random.Next(body.Length)] = (byte)random.Next(256);
                return body;
            default:
                var at = random.Next(body.Length);
                return [.. body[..at], .. FuzzText.One(random, ["\u00ff\u00fe", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\0"]).Select(c => (byte)c), .. body[at..]];
        }
    }
}
