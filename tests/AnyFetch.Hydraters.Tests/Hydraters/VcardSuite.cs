using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Hydraters.Vcard;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>Address books to contacts, in process and over HTTP.</summary>
public abstract class VcardSuite : IAsyncLifetime
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public async Task A_file_with_one_card_becomes_the_contact()
    {
        var sent = await HydrateAsync(Card(
            "FN:Zoë <Z> Ünal", "N:Ünal;Zoë;;;", "NICKNAME:Zo", "BDAY:1980-02-29", "TITLE:Pilot", "ORG:Acme;Air", "TEL;TYPE=cell:+33 1 23",
            "EMAIL;TYPE=work:zoe@x.test", "ADR;TYPE=home:;;1 Rue A;Paris;;75001;France", "URL:https://x.test", "CATEGORIES:friends,work",
            "NOTE:Likes <b>pears</b>", $"PHOTO;ENCODING=b;TYPE=PNG:{Pixel}"));
        Assert.Equal("contact", (string?)sent["document_type"]);
        var metadata = (JsonObject)sent["metadata"]!.DeepClone();
        Assert.Equal("data:image/png;base64," + Pixel, (string?)metadata["image"]);
        metadata.Remove("image");
        Assert.Equal(
            """{"name":"Zoë &lt;Z&gt; Ünal","given_name":"Zoë","family_name":"Ünal","nickname":"Zo","birthday":"1980-02-29","jobTitle":"Pilot","worksFor":"Acme, Air","phone":[{"phone":"+33 1 23","type":"cell"}],"email":[{"email":"zoe@x.test","type":"work"}],"address":[{"address":"1 Rue A, Paris, 75001, France","type":"home"}],"website":["https://x.test"],"groups":["friends","work"],"text":"Likes &lt;b&gt;pears&lt;/b&gt;"}""",
            metadata.ToJsonString(Readable));
    }

    [Fact]
    public async Task A_file_with_several_cards_becomes_a_list_and_a_contact_for_each()
    {
        var core = await Rig.CoreAsync();
        var sent = await HydrateAsync(Card("UID:u1", "FN:Ana") + Card("FN:Bo") + Card("FN:Bo") + Card("EMAIL:c@x.test"));
        Assert.Equal("document", (string?)sent["document_type"]);
        Assert.Equal("Ana\nBo\nBo\nc@x.test", (string?)sent["metadata"]!["text"]);
        Assert.Equal(4, (int)sent["metadata"]!["contactsCount"]!);
        string[] identifiers = ["rig/a.vcf/Bo", "rig/a.vcf/Bo (2)", "rig/a.vcf/c@x.test", "rig/a.vcf/u1"];
        Assert.Equal(identifiers, core.Documents.Select(d => d.Identifier).Order(StringComparer.Ordinal));
        Assert.All(core.Documents, d => Assert.Equal("contact", (string?)d.Fields["document_type"]));
        Assert.Equal("""{"name":"Ana"}""", core.Find("rig/a.vcf/u1")!.Metadata.ToJsonString());
        Assert.Equal("""["rig/a.vcf"]""", core.Find("rig/a.vcf/u1")!.Fields["related"]!.ToJsonString());
    }

    [Fact]
    public async Task A_second_run_meets_the_contacts_of_the_first_and_deletes_those_that_vanished()
    {
        var core = await Rig.CoreAsync();
        var document = TaskDocument.File("/a.vcf");
        var first = await HydrateAsync(Card("FN:Ana", "NOTE:old") + Card("FN:Bo"), document);
        document["data"] = first["data"]!.DeepClone();
        document["metadata"]!["text"] = (string?)first["metadata"]!["text"];
        Assert.Equal(first.ToJsonString(), (await HydrateAsync(Card("FN:Ana", "NOTE:old") + Card("FN:Bo"), document)).ToJsonString());
        Assert.Equal(2, core.Documents.Count);

        await HydrateAsync(Card("FN:Ana") + Card("FN:Cy"), document);
        Assert.Equal(["rig/a.vcf/Ana", "rig/a.vcf/Cy"], core.Documents.Select(d => d.Identifier).Order(StringComparer.Ordinal));
        Assert.Null(core.Find("rig/a.vcf/Ana")!.Metadata["text"]);
    }

    [Fact]
    public async Task A_card_that_became_a_list_loses_what_it_said_of_one_person()
    {
        await Rig.CoreAsync();
        var document = TaskDocument.File("/a.vcf");
        document["metadata"]!["nickname"] = "Zo";
        var sent = await HydrateAsync(Card("FN:Ana") + Card("FN:Bo"), document);
        Assert.True(sent["metadata"]!.AsObject().ContainsKey("nickname"));
        Assert.Null(sent["metadata"]!["nickname"]);
    }

    [Fact]
    public async Task Pictures_elsewhere_and_pictures_that_are_none_are_left_out()
    {
        foreach (var photo in new[] { "PHOTO:https://spy.test/x.png", "PHOTO;ENCODING=b:" + Convert.ToBase64String("<svg onload=x>"u8), $"PHOTO;ENCODING=b:{Pixel}" })
        {
            var options = new VcardHydraterOptions { PhotoBytesMax = 40 };
            var sent = await Rig.RunAsync(new VcardHydrater(options), TaskDocument.File("/a.vcf"), Encoding.UTF8.GetBytes(Card("FN:Ana", photo)));
            Assert.Null(sent!["metadata"]!["image"]);
        }
    }

    [Fact]
    public async Task What_holds_no_contact_or_too_many_is_a_permanent_error()
    {
        await Rig.CoreAsync();
        Assert.Equal("HydrationError: The file holds no contact.", (string?)(await HydrateAsync("hello"))["hydration_error"]);
        var many = string.Concat(Enumerable.Range(0, 1001).Select(i => Card($"FN:{i}")));
        Assert.Equal("HydrationError: The address book holds more than 1,000 contacts.", (string?)(await HydrateAsync(many))["hydration_error"]);
    }

    [Fact]
    public async Task Damaged_address_books_end_in_success_or_a_permanent_error()
    {
        await Rig.CoreAsync();
        var book = Encoding.UTF8.GetBytes(Card("FN:Ana", "BDAY:1980-02-29", $"PHOTO;ENCODING=b:{Pixel}") + Card("N:B;C", "TEL:1"));
        foreach (var damaged in Damage.Of(book, 10))
        {
            var sent = await Rig.RunAsync(new VcardHydrater(new VcardHydraterOptions()), TaskDocument.File("/a.vcf"), damaged);
            Assert.True(((string?)sent!["hydration_error"])?.StartsWith("HydrationError: ", StringComparison.Ordinal) ?? true, sent.ToJsonString());
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private static string Card(params string[] lines) => $"BEGIN:VCARD\r\nVERSION:3.0\r\n{string.Join("\r\n", lines)}\r\nEND:VCARD\r\n";

    private async Task<JsonNode> HydrateAsync(string book, JsonObject? document = null) =>
        (await Rig.RunAsync(new VcardHydrater(new VcardHydraterOptions()), document ?? TaskDocument.File("/a.vcf"), Encoding.UTF8.GetBytes(book)))!;
}

public sealed class VcardInProcessTests : VcardSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class VcardHttpTests : VcardSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
