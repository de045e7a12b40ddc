using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Google;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>Gmail in a whole server.</summary>
public sealed class GmailConnectionTests() : ConnectionTest("gmail", "Gmail")
{
    private GmailEmulator _gmail = null!;

    protected override string AccountName => GoogleEmulator.Email;

    protected override IEnumerable<(string Key, string Value)> Settings =>
        GoogleDriveConnectionTests.SettingsOf(_gmail.Url, "gmail/v1/");

    [Fact]
    public async Task A_person_connects_and_finds_conversations_and_attachments()
    {
        var mail = _gmail.Box.Deliver(new MailEntry("Ben <ben@y.test>", "The kite", "It flies over the meadow.")
        {
            Files = [new MailFile("Knots.txt", Encoding.UTF8.GetBytes("The bowline holds."), "text/plain")],
        });
        var source = await ConnectAsync();
        await FindAsync("meadow", 1);
        await FindAsync("bowline", 1);

        _gmail.Box.Deliver(new MailEntry("ann@gmail.test", "Re: The kite", "It fell into the brook.") { Thread = mail.Thread });
        await PressAsync(source, "update");
        await FindAsync("brook", 1);
        await FindAsync("meadow", 1);
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => _gmail = await GmailEmulator.StartAsync();
}
