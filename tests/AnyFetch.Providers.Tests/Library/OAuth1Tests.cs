using System.Text.Json.Nodes;
using AnyFetch.Provider;
using AnyFetch.Provider.OAuth;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>OAuth 1.0a, by the examples of RFC 5849 and against a source that answers what it likes.</summary>
public sealed class OAuth1Tests
{
    private const string Consumer = "dpf43f3p2l4k3l03";
    private const string Secret = "kd94hf93k423kf44";

    [Theory]
    [InlineData(
        "POST", "https://photos.example.net/initiate", "137131200", "wIjqoS",
        "oauth_callback=http%3A%2F%2Fprinter.example.com%2Fready", "", "74KNZJeDHnMBp0EMJ9ZHt/XKycU=")]
    [InlineData(
        "POST", "https://photos.example.net/token", "137131201", "walatlh",
        "oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884", "hdhd0244k9j7ao03", "gKgrFCywp7rO0OXSjdot/IHF7IU=")]
    [InlineData(
        "GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", "137131202", "chapoH",
        "oauth_token=nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", "MdpQcU8iPSUjWoN/UDMsK2sui9I=")]
    public void The_signatures_are_those_of_RFC_5849_section_1_2(
        string method, string address, string timestamp, string nonce, string more, string tokenSecret, string signature)
    {
        List<(string Name, string Value)> parameters =
        [
            ("oauth_consumer_key", Consumer),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", timestamp),
            ("oauth_nonce", nonce),
            .. OAuth1Form.Read(more),
        ];
        Assert.Equal(signature, OAuth1Signature.Sign(method, new Uri(address), parameters, Secret, tokenSecret));
    }

    [Fact]
    public void The_base_string_is_that_of_RFC_5849_section_3_4_1_1()
    {
        List<(string Name, string Value)> parameters =
        [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
            ("c2", ""),
            ("a3", "2 q"),
        ];
        Assert.Equal(
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D"
            + "%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3D"
            + "HMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
            OAuth1Signature.BaseString(
                "post", new Uri("HTTP://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"), parameters));
    }

    [Fact]
    public async Task An_answer_to_another_connection_is_refused_before_the_source_is_asked()
    {
        await using var source = await Canned.StartAsync(_ => (200, "oauth_token=t&oauth_token_secret=s"));
        var client = Client(source);
        var start = await client.BeginAsync(new ConnectRequest("http://provider.test/init/callback", "s1", ""), default);
        Assert.Contains("oauth_token=t", start.RedirectUrl, StringComparison.Ordinal);
        Assert.Contains("oauth_callback=http%3A%2F%2Fprovider.test%2Finit%2Fcallback%3Fstate%3Ds1", Assert.Single(source.Targets), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConnectException>(() => client.ExchangeAsync(
            Reply(start.PreData, ("oauth_token", "other"), ("oauth_verifier", "v")), default));
        Assert.Single(source.Targets);
        Assert.Equal("t", (await client.ExchangeAsync(
            Reply(start.PreData, ("oauth_token", "t"), ("oauth_verifier", "v")), default)).Token);
    }

    [Theory]
    [InlineData(401, "oauth_problem=signature_invalid")]
    [InlineData(200, "nonsense")]
    public async Task An_application_that_the_source_does_not_know_is_told_so(int status, string body)
    {
        await using var source = await Canned.StartAsync(_ => (status, body));
        await Assert.ThrowsAsync<ConnectException>(() => Client(source).BeginAsync(
            new ConnectRequest("http://provider.test/init/callback", "s1", ""), default));
    }

    [Fact]
    public async Task A_refusal_comes_back_without_a_verifier()
    {
        await using var source = await Canned.StartAsync(_ => (200, ""));
        await Assert.ThrowsAsync<CancelException>(() => Client(source).ExchangeAsync(
            Reply(new JsonObject { ["token"] = "t" }, ("oauth_token", "t")), default));
    }

    private static OAuth1Client Client(Canned source) => new(
        new HttpClient(),
        new OAuth1Application(
            Consumer, Secret, new Uri(source.Url + "/oauth"), new Uri(source.Url + "/consent"), new Uri(source.Url + "/oauth")),
        TimeProvider.System);

    private static ConnectReply Reply(JsonObject? kept, params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(pair => pair.Name, pair => pair.Value), kept, "", "");
}
