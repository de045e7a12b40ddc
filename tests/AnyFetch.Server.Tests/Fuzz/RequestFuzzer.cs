using System.Text;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Makes one request after the other; the same seed gives the same ones, but for the ids of what exists.</summary>
internal sealed class RequestFuzzer
{
    private readonly Random _random;
    private readonly IReadOnlyList<FuzzRoute> _routes;
    private readonly int[] _weights;

    public RequestFuzzer(int seed, IReadOnlyList<FuzzRoute> routes)
    {
        _random = new Random(seed);
        _routes = routes;
        var sum = 0;
        _weights = [.. routes.Select(r => sum += r.Weight)];
    }

    public FuzzRequest Next(IReadOnlyList<FuzzCaller> callers, FuzzNames names)
    {
        var route = PickRoute();
        var caller = PickCaller(route, callers);
        var target = new FuzzTarget(_random, names);
        var made = new FuzzBody(_random, names, target).Make(route, caller);
        var headers = new List<(string, string)>();
        if (made?.Type is { } type)
        {
            headers.Add(("Content-Type", type));
        }

        // A caller whose password is verified anew at each guess would make this a test of the hash.
        var isWhole = caller.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true || _random.Next(12) != 0;
        if ((isWhole ? caller.Authorization : BrokenAuthorization(caller)) is { } authorization)
        {
            headers.Add(("Authorization", authorization));
        }

        if (caller.Cookie is { } cookie)
        {
            headers.Add(("Cookie", _random.Next(20) == 0 ? cookie[..^_random.Next(1, 40)] : cookie));
        }

        AddOddHeaders(headers);
        var method = _random.Next(40) == 0
            ? FuzzText.One(_random, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get"])
            : route.Method;
        return new FuzzRequest(route, caller, method, target.Make(route), headers, made?.Body) { IsCredentialWhole = isWhole };
    }

    private FuzzRoute PickRoute()
    {
        var at = Array.BinarySearch(_weights, _random.Next(_weights[^1]) + 1);
        return _routes[at < 0 ? ~at : at];
    }

    private FuzzCaller PickCaller(FuzzRoute route, IReadOnlyList<FuzzCaller> callers)
    {
        var session = callers.FirstOrDefault(c => c.Cookie is not null);
        return route.Kind == RouteKind.Page && session is not null && _random.Next(4) > 0
            ? session
            : callers[_random.Next(callers.Count)];
    }

    private string? BrokenAuthorization(FuzzCaller caller) => _random.Next(8) switch
    {
        0 => null,
        1 => FuzzText.One(_random, ["Bearer", "Bearer ", "bearer x", "Digest x", "Basic", "Basic !!!", "Basic Og==", "Basic YQ==", "Token x", ","]),
        2 => "Bearer " + new string('t', _random.Next(9_000)),
        3 => "Bearer \u00e9\u00ff",
        4 => caller.Authorization + "x",
        5 => caller.Authorization?.ToLowerInvariant(),
        6 => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0:" + FuzzText.Number(_random))),
        _ => caller.Authorization + ", " + caller.Authorization,
    };

    private void AddOddHeaders(List<(string, string)> headers)
    {
        if (_random.Next(4) != 0)
        {
            return;
        }

        headers.Add(_random.Next(12) switch
        {
            0 => ("Accept", FuzzText.One(_random, ["text/html", "application/json", "*/*", "image/png", "x", ";;;", ""])),
            1 => ("Range", FuzzText.One(_random, ["bytes=0-1", "bytes=5-2", "bytes=-0", "bytes=999999999999-", "bytes=0-,0-,0-", "x", "bytes="])),
            2 => ("If-None-Match", FuzzText.One(_random, ["*", "\"x\"", "W/\"x\"", "x", "\"", ""])),
            3 => ("X-HTTP-Method-Override", "DELETE"),
            4 => ("X-Forwarded-Host", "evil.example.org"),
            5 => ("Accept-Encoding", FuzzText.One(_random, ["gzip", "br;q=x", "identity;q=0", ""])),
            6 => ("Expect", FuzzText.One(_random, ["100-continue", "200-ok"])),
            7 => ("If-Modified-Since", FuzzText.One(_random, ["Thu, 01 Jan 1970 00:00:00 GMT", "x"])),
            8 => ("Origin", FuzzText.One(_random, ["null", "http://evil.example.org", "x"])),
            9 => ("Content-Encoding", FuzzText.One(_random, ["gzip", "x"])),
            10 => ("Cookie", "anyfetch_manager=x; anyfetch_form=\"; ;=;"),
            _ => ("X-Odd", "\u00ff\u0080"),
        });
    }
}
