using System.Globalization;
using System.Text;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>A request as its bytes go over the wire.</summary>
/// <param name="Route">The route that it is aimed at.</param>
/// <param name="Caller">Whose credentials it carries, unless they were broken.</param>
/// <param name="Method">The verb.</param>
/// <param name="Target">Path and query, percent-encoded as the fuzzer likes.</param>
/// <param name="Headers">All headers but <c>Host</c> and <c>Content-Length</c>.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record FuzzRequest(
    FuzzRoute Route,
    FuzzCaller Caller,
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body)
{
    /// <summary>Whether the credentials are the caller's own, as they are.</summary>
    public bool IsCredentialWhole { get; init; }

    public byte[] ToBytes()
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: fuzz.example.org\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>Enough to send it again by hand.</summary>
    public override string ToString()
    {
        var headers = string.Join("; ", Headers.Select(h => $"{h.Name}: {h.Value}"));
        var body = Body is null ? "no body" : $"{Body.Length} bytes: {Cut(Encoding.Latin1.GetString(Body))}";
        return $"{Caller} {Method} {Cut(Target)} [{Cut(headers)}] {body}";
    }

    private static string Cut(string text) => text.Length <= 1500 ? text : $"{text[..1500]}… ({text.Length})";
}

/// <summary>What came back.</summary>
internal sealed record FuzzAnswer(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name)
    {
        foreach (var line in Head.Split("\r\n"))
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
