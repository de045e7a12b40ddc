using System.Text;
using AnyFetch.Client;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Evernote;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>What a person does with Evernote: connects it in the manager and searches.</summary>
public sealed class EvernoteConnectionTests() : ConnectionTest("evernote", "Evernote")
{
    private EvernoteNotes Notes => ((EvernoteEmulator)Source).Notes;

    protected override string AccountName => EvernoteEmulator.UserName;

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("ConsumerKey", EvernoteEmulator.ConsumerKey),
        ("ConsumerSecret", EvernoteEmulator.ConsumerSecret),
        ("ServiceUrl", Source.Url.AbsoluteUri),
    ];

    [Fact]
    public async Task A_person_connects_and_finds_notes_and_what_lies_in_them()
    {
        var plan = Notes.Resource("text/plain", Encoding.UTF8.GetBytes("The tulips come first."), "Plan.txt");
        var note = Notes.Put("Garden", "The <b>roses</b> want water.", plan);
        var source = await ConnectAsync();
        await FindAsync("roses", 1);
        Assert.Equal("note", (await SearchAsync("roses")).Data[0].DocumentType!.Name);
        await FindAsync("tulips", 1);
        var hit = Assert.Single((await SearchAsync("tulips")).Data);
        Assert.Equal($"{note.Id}/{plan.Id}", hit.Identifier);
        var related = await Server.Admin.Documents.GetRelatedAsync(DocumentRef.ById(hit.Id), new DocumentSearch(), default);
        Assert.Equal([note.Id], related.Data.Select(document => document.Identifier));

        Notes.Trash(note.Id);
        await PressAsync(source, "update");
        await FindAsync("roses", 0);
        await FindAsync("tulips", 0);
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => await EvernoteEmulator.StartAsync();
}
