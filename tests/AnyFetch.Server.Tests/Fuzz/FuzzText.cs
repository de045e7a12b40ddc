using System.Globalization;
using System.Text;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Texts that parsers trip over, as they stand in a decoded parameter.</summary>
internal static class FuzzText
{
    /// <summary>Stands for half a surrogate pair, which no C# text that is to be encoded may hold.</summary>
    public const string HalfPair = "@half-pair@";

    private static readonly string[] s_numbers =
    [
        "0", "1", "-1", "2", "20", "99", "100", "1920", "1921", "2147483647", "2147483648", "-2147483648", "9223372036854775808",
        "99999999999999999999999", "1e3", "1E400", "-0", "+5", "0x10", "1.5", "1,5", "NaN", "Infinity", " 7 ", "٣",
    ];

    private static readonly string[] s_dates =
    [
        "2014-03-21", "2014-03-21T16:15:04.813Z", "2014-02-30", "0000-00-00", "0001-01-01", "9999-12-31T23:59:59.999Z",
        "10000-01-01", "-0001-01-01", "2014-03-21T25:00:00Z", "2014-03-21T16:15:04+23:59", "2014-W12", "yesterday", "0", "1395418504813",
    ];

    private static readonly string[] s_queries =
    [
        "okapi", "okapi zebra", "\"okapi zebra\"", "okapi AND", "OR", "NOT", "NOT okapi", "okapi NOT NOT zebra", "(", ")", "((((okapi",
        "okap*", "*", "**", "\"", "\"\"", "title:okapi", ":", "a:b:c", "-okapi", "+okapi", "NEAR(okapi zebra, 2)", "^okapi", "okapi~2",
        "okapi^4", "[a TO b]", "{a TO b}", "/(a+)+$/", "\\", "\\\"", "a\\", "okapi && zebra || x", "!", "é", "日本語", "😀", "\u0000", "'",
        "'; DROP TABLE documents; --", "%", "_", "\u202e", "\ufffd", "\uffff", "a\u0301", "\t\r\n", "@title:okapi",
    ];

    private static readonly string[] s_odd =
    [
        "", " ", "null", "undefined", "true", "false", "TRUE", "1", "[]", "{}", "[1,2", "{\"a\":", "[null]", "{\"$gt\":\"\"}",
        "{\"data.html\":{\"$empty\":true}}", "{\"metadata.path\":{\"$regex\":\"(a+)+$\"}}", "{{x}}", "{{{x}}}", "{{#each this}}", "{{/if}}",
        "{{>title}}", "{{#list x}}{{else}}{{/list}}", "{{{{raw}}}}", "<script>alert(1)</script>", "http://127.0.0.1:1/", "file:///etc/passwd",
        "javascript:alert(1)", "urn:ietf:wg:oauth:2.0:oob", "//evil.example.org", "/\\evil", "/é", "http://é.example.org/init/connect",
        "http://a@b/", "http://[::1", "../../etc/passwd", "a/b", "a,b", "data.", ".data", "data..id", "*", "/", "/documents", "/status?fields=x",
        "/batch?pages=%2Fbatch", "/documents?search=(", "/documents/identifier/%00", "@", "user@example.org", "\0", HalfPair, "x" + HalfPair + "y",
        "\u0085", "\u2028", "bearer", "en;q=0.5", "image/*", "bytes=0-1", "bytes=5-2", "W/\"x\"",
    ];

    public static string Any(Random random) => random.Next(6) switch
    {
        0 => One(random, s_numbers),
        1 => One(random, s_dates),
        2 => One(random, s_queries),
        3 => Noise(random),
        _ => One(random, s_odd),
    };

    public static string Number(Random random) => One(random, s_numbers);

    public static string Query(Random random) => random.Next(3) switch
    {
        0 => One(random, s_queries) + " " + One(random, s_queries),
        _ => One(random, s_queries),
    };

    /// <summary>What stands where an id is expected.</summary>
    public static string Id(Random random) => random.Next(8) switch
    {
        0 => new string('a', random.Next(22, 27)),
        1 => Hex(random, 24),
        2 => Hex(random, 24).ToUpperInvariant(),
        3 => Hex(random, 23) + "g",
        4 => new string('f', random.Next(5_000)),
        5 => "000000000000000000000000",
        _ => Any(random),
    };

    public static string One(Random random, IReadOnlyList<string> choices) => choices[random.Next(choices.Count)];

    private static string Noise(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 40); left > 0; left--)
        {
            text.Append(random.Next(5) switch
            {
                0 => (char)random.Next(1, 32),
                1 => (char)random.Next(0x80, 0xd800),
                2 => "\"'\\/{}[]()<>:;,.*?+-&|!^~$@#%= "[random.Next(31)],
                _ => (char)random.Next(' ', 127),
            });
        }

        return random.Next(20) == 0 ? string.Concat(Enumerable.Repeat(text, random.Next(100))) : text.ToString();
    }

    private static string Hex(Random random, int digits)
    {
        var text = new StringBuilder();
        while (text.Length < digits)
        {
            text.Append(random.Next(16).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
