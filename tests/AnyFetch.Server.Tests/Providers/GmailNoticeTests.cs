using System.Net;
using System.Net.Http.Headers;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>Gmail's notices in a whole server, whose own callers have bearer tokens as well.</summary>
public sealed class GmailNoticeTests() : ConnectionTest("gmail", "Gmail")
{
    private GmailEmulator _gmail = null!;

    protected override string AccountName => GoogleEmulator.Email;

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        .. GoogleDriveConnectionTests.SettingsOf(_gmail.Url, "gmail/v1/"),
        ("NoticeTopic", PubSubPush.Topic),
        ("NoticeAudience", PubSubPush.Audience),
        ("NoticeAccount", PubSubPush.Account),
        ("KeysUrl", new Uri(_gmail.Url, "oauth2/v3/certs").AbsoluteUri),
    ];

    [Fact]
    public async Task A_connected_mailbox_is_watched_and_a_notice_needs_the_token_of_Google_alone()
    {
        await ConnectAsync();
        await Eventually.TrueAsync(
            () => _gmail.Watches.Topic == PubSubPush.Topic, TimeSpan.FromSeconds(60), "the mailbox is watched");
        Assert.Equal(HttpStatusCode.NoContent, await NoticeAsync(_gmail.Push.Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, await NoticeAsync(_gmail.Push.Unsigned()));
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => _gmail = await GmailEmulator.StartAsync();

    private async Task<HttpStatusCode> NoticeAsync(string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Url, "providers/gmail/webhook"))
        {
            Content = new ByteArrayContent(PubSubPush.Body(GoogleEmulator.Email)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var reply = await http.SendAsync(request);
        return reply.StatusCode;
    }
}
