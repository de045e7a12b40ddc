using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Emulators.Evernote;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Evernote;

/// <summary>What becomes of the notes of an Evernote (providers specification, section 7).</summary>
public sealed class EvernoteTests
{
    private const string Recognized = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE recoIndex PUBLIC "SYSTEM" "http://xml.evernote.com/pub/recoIndex.dtd">
        <recoIndex docType="printed" objType="image"><item x="1" y="2" w="3" h="4">
        <t w="87">INVOICE</t><t w="31">INV0ICE</t><t w="20">to</t></item>
        <item x="5" y="2" w="3" h="4"><t w="87">invoice</t><t w="11">2026</t></item></recoIndex>
        """;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string[] Texts(JsonNode? array) => [.. array!.AsArray().Select(node => (string)node!)];

    [Fact]
    public async Task A_note_becomes_the_document_that_the_specification_describes()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var (notebook, tag, other) = (notes.PutNotebook("Garden"), notes.PutTag("tools"), notes.PutTag("autumn"));
        var note = notes.Put(new EmulatedNote(
            "11111111-2222-4333-8444-555555555555", "Dig the beds", EvernoteNotes.Markup(
                "<div>Dig&nbsp;the <b>beds</b></div><div><en-todo checked=\"true\"/>spade</div><div><en-todo/>rake</div>"))
        {
            NotebookId = notebook, TagIds = [tag, other], Created = new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero),
        });
        await scene.RunAsync();

        var document = scene.Document("11111111-2222-4333-8444-555555555555");
        Assert.Equal("note", (string?)document["document_type"]);
        Assert.Equal("Dig the beds", (string?)document["metadata"]!["title"]);
        Assert.Equal("Dig the beds\n[x] spade\n[ ] rake", (string?)document["metadata"]!["text"]);
        Assert.Equal(["autumn", "tools"], Texts(document["metadata"]!["tags"]));
        Assert.Equal("Garden", (string?)document["metadata"]!["notebook"]);
        Assert.Empty(document["metadata"]!["keywords"]!.AsArray());
        Assert.StartsWith("<div><div>Dig\u00a0the <b>beds</b></div>", System.Net.WebUtility.HtmlDecode((string?)document["data"]!["html"]), StringComparison.Ordinal);
        Assert.Equal(
            $"{scene.Source.Url}Home.action#n={note.Id}&ses=4&sh=2&sds=5", (string?)document["actions"]!["show"]);
        Assert.Equal("2020-02-03T04:05:06.000Z", (string?)document["creation_date"]);
        Assert.Equal(note.Updated.ToUnixTimeMilliseconds(), DateTimeOffset.Parse(
            (string)document["modification_date"]!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        Assert.Equal(scene.Token, (string?)Assert.Single(document["user_access"]!.AsArray()));
        Assert.Equal(EvernoteEmulator.UserName, (await scene.Host.AccountAsync(scene.Token)).Name);
    }

    [Fact]
    public async Task A_platform_that_does_not_know_notes_gets_documents()
    {
        await using var scene = await EvernoteScene.StartAsync();
        scene.Platform.Intercept = call => (string?)call.Json?["document_type"] == "note" ? new ForcedReply(409) : null;
        var note = scene.Source.Notes.Put("A", "a");
        await scene.RunAsync();
        Assert.Equal("document", (string?)scene.Document(note.Id)["document_type"]);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Acceptance_1_Fifteen_hundred_notes_take_two_pages_and_one_run()
    {
        await using var scene = await EvernoteScene.StartAsync();
        for (var i = 0; i < 1500; i++)
        {
            scene.Source.Notes.Put($"Note {i}", $"text {i}");
        }

        await scene.RunAsync();
        Assert.Equal(2, scene.Source.Of(EvernoteScene.List).Count);
        Assert.Equal(scene.Expected(), scene.Stored());
        var cursor = JsonNode.Parse((await scene.Host.AccountAsync(scene.Token)).Cursor!)!;
        Assert.Equal(["lastSync", "usn"], cursor.AsObject().Select(pair => pair.Key).Order());
        Assert.Equal(1500, (int?)cursor["usn"]);

        await scene.RunAsync();
        Assert.Equal(["getSyncState"], scene.Source.Calls.Select(call => call.Path));
        Assert.Empty(scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Acceptance_2_Trashed_and_expunged_notes_are_deleted_with_their_attachments_and_a_restored_one_is_back()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var trashed = notes.Put("A", "a", notes.Resource("text/plain", Bytes("in a"), "a.txt"));
        var expunged = notes.Put("B", "b", notes.Resource("text/plain", Bytes("in b"), "b.txt"));
        notes.Put("C", "c");
        await scene.RunAsync();
        Assert.Equal(5, scene.Platform.Documents.Count);
        notes.Trash(trashed.Id);
        notes.Expunge(expunged.Id);
        await scene.RunAsync();
        Assert.Equal(["c"], scene.Stored().Values);
        Assert.Equal(scene.Expected(), scene.Stored());
        notes.Restore(trashed.Id);
        await scene.RunAsync();
        Assert.Equal(3, scene.Stored().Count);
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Notes_in_the_trash_and_expunged_ones_are_not_told_of_in_a_first_run()
    {
        await using var scene = await EvernoteScene.StartAsync();
        scene.Source.Notes.Trash(scene.Source.Notes.Put("A", "a").Id);
        scene.Source.Notes.Expunge(scene.Source.Notes.Put("B", "b").Id);
        scene.Source.Notes.ExpungeNotebook(scene.Source.Notes.PutNotebook("Old"));
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Single(scene.Source.Of(EvernoteScene.List));
    }

    [Fact]
    public async Task An_expunged_notebook_takes_its_notes_along()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var notebook = notes.PutNotebook("Old");
        notes.Put(notes.Put("A", "a") with { NotebookId = notebook });
        notes.Put("B", "b");
        await scene.RunAsync();
        Assert.Equal(2, scene.Stored().Count);
        notes.ExpungeNotebook(notebook);
        await scene.RunAsync();
        Assert.Equal(["b"], scene.Stored().Values);
        await scene.RunAsync();
        Assert.Equal(["getSyncState"], scene.Source.Calls.Select(call => call.Path));
    }

    [Fact]
    public async Task Acceptance_3_A_picture_of_a_word_has_it_in_keywords_once_with_its_alternatives_in_order()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var picture = notes.Resource("image/png", Bytes("png")) with { Recognition = Recognized };
        var blank = notes.Resource("image/png", Bytes("blank")) with { Recognition = "<recoIndex docType=\"unknown\"/>" };
        var broken = notes.Resource("image/png", Bytes("broken")) with { Recognition = "<recoIndex><item><t" };
        var note = notes.Put("Bill", picture.Media, blank, picture, broken);
        await scene.RunAsync();
        Assert.Equal(["INVOICE", "INV0ICE", "2026"], Texts(scene.Document(note.Id)["metadata"]!["keywords"]));
    }

    [Fact]
    public async Task What_is_recognised_after_the_note_was_sent_reaches_it()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var note = notes.Put("Bill", "bill", notes.Resource("image/png", Bytes("png")));
        await scene.RunAsync();
        notes.Recognize(note, Recognized);
        await scene.RunAsync();
        Assert.Equal([note.Id], scene.Platform.SentIdentifiers());
        Assert.Contains("INVOICE", Texts(scene.Document(note.Id)["metadata"]!["keywords"]));

        await scene.RunAsync(("full", "1"));
        Assert.Empty(scene.Platform.SentIdentifiers());
    }

    [Fact]
    public async Task Acceptance_4_An_empty_page_keeps_the_cursor()
    {
        await using var scene = await EvernoteScene.StartAsync();
        scene.Source.Notes.Put("A", "a");
        await scene.RunAsync();
        var cursor = (await scene.Host.AccountAsync(scene.Token)).Cursor;
        scene.Source.Notes.PutTag("nobody asks for tags");
        await scene.RunAsync();
        Assert.Single(scene.Source.Of(EvernoteScene.List));
        Assert.Equal(cursor, (await scene.Host.AccountAsync(scene.Token)).Cursor);
        Assert.Single(scene.Platform.Documents);
    }

    [Fact]
    public async Task Acceptance_6_The_html_holds_small_pictures_and_no_script()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var small = notes.Resource("image/png", [1, 2, 3], "dot.png");
        var note = notes.Put(
            "Danger",
            $"""
            <script>alert(1)</script><div onclick="alert(2)" style="color: red; background: url(http://x)">a</div>
            <a href="javascript:alert(3)">b</a><a href="https://example.com/?a=1&amp;b=2">c</a>
            <img src="https://tracker.example/pixel.png"/><iframe src="https://example.com">d</iframe>{small.Media}
            """,
            small);
        await scene.RunAsync();
        var html = (string)scene.Document(note.Id)["data"]!["html"]!;
        foreach (var harm in (string[])["script", "onclick", "url(", "iframe", "tracker", "alert"])
        {
            Assert.DoesNotContain(harm, html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("<img alt=\"dot.png\" src=\"data:image/png;base64,AQID\">", html, StringComparison.Ordinal);
        Assert.Contains("<div style=\"color: red\">a</div>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer\">c</a>", html, StringComparison.Ordinal);
        Assert.Equal("a\nbc", (string?)scene.Document(note.Id)["metadata"]!["text"]);
        Assert.Empty(scene.Document(note.Id)["related"]!.AsArray());
    }

    [Fact]
    public async Task Large_pictures_and_attachments_are_documents_that_are_related_to_their_note()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var large = notes.Resource("image/jpeg", new byte[101 * 1024], "wall.jpg");
        var small = notes.Resource("image/jpeg", new byte[100 * 1024 - 1]);
        var pdf = notes.Resource("application/pdf", Bytes("%PDF"));
        var note = notes.Put("House / plan", "house", large, small, pdf, notes.Resource("text/plain", Bytes("x"), "~$lock.tmp"));
        await scene.RunAsync();
        var (first, second) = ($"{note.Id}/{large.Id}", $"{note.Id}/{pdf.Id}");
        Assert.Equal([note.Id, first, second], scene.Stored().Keys.Order());
        Assert.Equal([first, second], Texts(scene.Document(note.Id)["related"]));
        Assert.Equal([note.Id], Texts(scene.Document(first)["related"]));
        Assert.Equal("file", (string?)scene.Document(first)["document_type"]);
        Assert.Equal("/House   plan/wall.jpg", (string?)scene.Document(first)["metadata"]!["path"]);
        Assert.Equal("Wall", (string?)scene.Document(first)["metadata"]!["title"]);
        Assert.Equal($"/House   plan/{pdf.Id}.pdf", (string?)scene.Document(second)["metadata"]!["path"]);
        Assert.Equal(large.Content, scene.Platform.Files[(scene.Token, first)]);
    }

    [Fact]
    public async Task Attachments_that_a_company_takes_for_junk_are_left_out_and_a_note_leads_to_the_others()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var (log, text) = (notes.Resource("text/plain", Bytes("log"), "a.log"), notes.Resource("text/plain", Bytes("text"), "b.txt"));
        var note = notes.Put("A", "a", log, text);
        await scene.RunAsync(("junk_names", """["*.txt"]"""));
        Assert.Equal([$"{note.Id}/{log.Id}"], Texts(scene.Document(note.Id)["related"]));
        Assert.Equal(2, scene.Stored().Count);
        await scene.RunAsync(("junk_names", """["*.log"]"""));
        Assert.Equal([$"{note.Id}/{text.Id}"], Texts(scene.Document(note.Id)["related"]));
        Assert.Equal(2, scene.Stored().Count);
        await scene.RunAsync(("junk_names", "[]"));
        Assert.Equal([$"{note.Id}/{log.Id}", $"{note.Id}/{text.Id}"], Texts(scene.Document(note.Id)["related"]));
        Assert.Equal(3, scene.Stored().Count);
    }

    [Fact]
    public async Task An_attachment_that_is_taken_out_is_deleted_and_one_that_stays_is_not_sent_again()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var (left, stays) = (notes.Resource("text/plain", Bytes("left"), "l.txt"), notes.Resource("text/plain", Bytes("stays"), "s.txt"));
        var note = notes.Put("A", "a", left, stays);
        await scene.RunAsync();
        notes.Put(note with { Content = EvernoteNotes.Markup("changed"), Resources = [stays] });
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(scene.Source.Of("getResourceData"));
    }

    [Fact]
    public async Task An_attachment_over_the_limit_sends_its_metadata_and_an_error_entry()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var film = scene.Source.Notes.Resource("video/mp4", [1], "film.mp4") with { Size = 51 * 1024 * 1024 };
        var note = scene.Source.Notes.Put("Film", "film", film);
        await scene.RunAsync();
        Assert.Equal(2, scene.Platform.Documents.Count);
        Assert.Empty(scene.Source.Of("getResourceData"));
        var error = Assert.Single(await scene.Host.ErrorsAsync(scene.Token));
        Assert.Equal(("TooLarge", $"{note.Id}/{film.Id}"), (error.Code, error.Identifier));
        Assert.EndsWith("&4=False&5=True&6=False", Assert.Single(scene.Source.Of("getNote")).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_skip_option_an_attachment_over_the_limit_is_not_sent()
    {
        await using var scene = await EvernoteScene.StartAsync(options => options.SkipLargeFiles = true);
        var film = scene.Source.Notes.Resource("video/mp4", [1], "film.mp4") with { Size = 51 * 1024 * 1024 };
        scene.Source.Notes.Put("Film", "film", film);
        await scene.RunAsync();
        Assert.Single(scene.Platform.Documents);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task A_tags_new_name_reaches_its_notes_with_the_next_full_run()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var tag = notes.PutTag("old");
        var note = notes.Put(notes.Put("A", "a") with { TagIds = [tag] });
        notes.Put("B", "b");
        await scene.RunAsync();
        notes.RenameTag(tag, "new");
        await scene.RunAsync(("full", "1"));
        Assert.Equal([note.Id], scene.Platform.SentIdentifiers());
        Assert.Equal(["new"], Texts(scene.Document(note.Id)["metadata"]!["tags"]));
    }

    [Fact]
    public async Task One_document_is_sent_again_by_its_identifier()
    {
        await using var scene = await EvernoteScene.StartAsync();
        var notes = scene.Source.Notes;
        var file = notes.Resource("text/plain", Bytes("in b"), "b.txt");
        notes.Put("A", "a");
        var note = notes.Put("B", "b", file);
        await scene.RunAsync();
        foreach (var identifier in (string[])[note.Id, $"{note.Id}/{file.Id}"])
        {
            scene.Platform.Calls.Clear();
            scene.Source.Calls.Clear();
            using var reply = await scene.Host.PostAsync(
                "update/" + Uri.EscapeDataString(identifier), ("access_token", scene.Token));
            await Eventually.TrueAsync(() => scene.Platform.SentIdentifiers().Count == 1);
            Assert.Equal([identifier], scene.Platform.SentIdentifiers());
            Assert.Empty(scene.Source.Of(EvernoteScene.List));
        }
    }

    [Fact]
    public async Task Ten_thousand_changes_come_in_pages()
    {
        await using var scene = await EvernoteScene.StartAsync();
        for (var i = 0; i < 10_100; i++)
        {
            scene.Source.Notes.Put("n", "t");
        }

        await scene.Host.UpdateAsync(scene.Token, ("dry_run", "1"));
        var account = (await scene.Host.AccountAsync(scene.Token)).Id;
        await Eventually.TrueAsync(async () =>
            await scene.Host.Store.Runs.ListAsync(account, 1, CancellationToken.None) is [{ Backlog: 10_100 }]);
        Assert.Equal(11, scene.Source.Of(EvernoteScene.List).Count);
    }
}
