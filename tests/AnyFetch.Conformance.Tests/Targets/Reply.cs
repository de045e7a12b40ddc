using System.Text;
using System.Text.Json;

namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>What came back, as it was on the wire.</summary>
public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public JsonElement this[string name] => Json.GetProperty(name);

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    /// <summary>Expects a success.</summary>
    public Reply Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status} {Body}");
        return this;
    }

    /// <summary>Expects an error of the documented shape.</summary>
    public Reply Is(int status, string code)
    {
        Is(status);
        Assert.Equal(code, Text("code"));
        Assert.NotEmpty(Text("message"));
        return this;
    }
}
