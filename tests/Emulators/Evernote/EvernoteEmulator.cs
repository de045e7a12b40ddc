using System.Text;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Evernote;

/// <summary>
/// An Evernote with one account, over real HTTP, made after its published reference: OAuth 1.0a with checked signatures, and
/// the methods of EDAM in Thrift's binary protocol. A call's path is the name of its method.
/// </summary>
public sealed class EvernoteEmulator : SourceEmulator, IEmulator<EvernoteEmulator>
{
    public const string ConsumerKey = "anyfetch-0123";
    public const string ConsumerSecret = "secret0123456789";
    public const string UserName = "ann.evernote";

    private const int AccessSeconds = 4 * 3600;
    private const int AuthExpired = 9;
    private const string NoteStorePath = "shard/s1/notestore";

    private readonly EvernoteStore _store;
    private readonly EvernoteConsent _consent;

    private EvernoteEmulator(TimeProvider time, string url)
        : base(time, url)
    {
        Notes = new EvernoteNotes(time);
        Grants = new OAuthGrants(time, AccessSeconds) { AccessPrefix = "S=s1:U=a1:" };
        _store = new EvernoteStore(Notes, time);
        _consent = new EvernoteConsent(time);
    }

    public EvernoteNotes Notes { get; }

    /// <summary>The tokens of this protocol are never renewed.</summary>
    public override OAuthGrants Grants { get; }

    /// <summary>Refuses a call as Evernote does, within an answer of 200; null answers as usual.</summary>
    public Func<EmulatedCall, EdamError?> Refuse { get; set; } = _ => null;

    protected override (string Id, string Secret) Application => (ConsumerKey, ConsumerSecret);

    // Thrift's bytes pass through a text unharmed in this encoding.
    protected override Encoding BodyEncoding => Encoding.Latin1;

    public static Task<EvernoteEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new EvernoteEmulator(time ?? TimeProvider.System, url));

    protected override EmulatedCall Describe(EmulatedCall call)
    {
        if (call.Path is not (NoteStorePath or "edam/user"))
        {
            return call;
        }

        var (method, arguments) = WireMessage.Read(Encoding.Latin1.GetBytes(call.Argument));
        return call with { Path = method, Token = arguments.Text(1), Query = $"?{string.Join('&', Numbers(arguments))}" };
    }

    protected override Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "oauth":
                return _consent.GrantAsync(http, Url, NewToken);
            case "OAuth.action":
                _consent.Ask(http, Refuses);
                return Task.CompletedTask;
            default:
                return ReplyAsync(http, call);
        }
    }

    // The numbers and ids that a method is given, for tests: "?2=1000" is the second argument.
    private static IEnumerable<string> Numbers(WireStruct arguments) => arguments
        .Where(field => field.Key > 1 && field.Value is int or byte[] or bool)
        .Select(field => $"{field.Key}={(field.Value is byte[] ? arguments.Text(field.Key) : field.Value)}");

    private async Task ReplyAsync(HttpContext http, EmulatedCall call)
    {
        var (method, arguments) = WireMessage.Read(Encoding.Latin1.GetBytes(call.Argument));
        var error = Refuse(call) ?? (Grants.IsGood(call.Token) ? null : new EdamError(AuthExpired));
        var reply = error?.ToReply() ?? _store.Answer(method, arguments);
        if (method == "revokeLongSession")
        {
            Grants.Revoke(call.Token!);
        }

        var bytes = WireMessage.Write(method, reply);
        http.Response.ContentType = "application/x-thrift";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes);
    }

    private Dictionary<string, string> NewToken() => new()
    {
        ["oauth_token"] = Grants.NewAccess(),
        ["oauth_token_secret"] = "",
        ["edam_shard"] = "s1",
        ["edam_userId"] = "161",
        ["edam_expires"] = Time.GetUtcNow().AddSeconds(AccessSeconds).ToUnixTimeMilliseconds().ToString(
            System.Globalization.CultureInfo.InvariantCulture),
        ["edam_noteStoreUrl"] = new Uri(Url, NoteStorePath).AbsoluteUri,
        ["edam_webApiUrlPrefix"] = new Uri(Url, "shard/s1/").AbsoluteUri,
    };
}
