using AnyFetch.Calendars.Contacts;

namespace AnyFetch.Hydraters.Tests.Library.Calendars;

/// <summary>Cards of vCard 2.1, 3.0 and 4.0.</summary>
public sealed class ContactReaderTests
{
    [Fact]
    public void A_card_of_version_4_is_read_with_all_its_parts()
    {
        var card = One(
            "VERSION:4.0", "UID:urn:uuid:1", "FN:Ana Ruiz", "N:Ruiz;Ana;;Dr.;", "NICKNAME:Ani", "BDAY:19850412",
            "TITLE:Cook", "ORG:Canteen;Kitchen", "TEL;VALUE=uri;TYPE=\"voice,home\":tel:+33-1-23", "EMAIL;TYPE=work:ana@example.test",
            "ADR;TYPE=home:;;5 rue X;Paris;;75001;France", "URL:https://example.test/", "CATEGORIES:Friends,Cooks\\, all",
            "NOTE:likes\\npears", "PHOTO:https://example.test/a.png");
        Assert.Equal(("urn:uuid:1", "Ana Ruiz", "Ana", "Ruiz", "Ani"), (card.Uid, card.Name, card.GivenName, card.FamilyName, card.Nickname));
        Assert.Equal((new DateOnly(1985, 4, 12), "Cook", "Canteen, Kitchen"), (card.Birthday!.Value, card.JobTitle, card.Organization));
        Assert.Equal([new ContactDetail("+33-1-23", "home")], card.Phones);
        Assert.Equal([new ContactDetail("ana@example.test", "work")], card.Emails);
        Assert.Equal([new ContactDetail("5 rue X, Paris, 75001, France", "home")], card.Addresses);
        Assert.Equal(["https://example.test/"], card.Websites);
        Assert.Equal(["Friends", "Cooks, all"], card.Groups);
        Assert.Equal(("likes\npears", new ContactPhoto("https://example.test/a.png", null)), (card.Note, card.Photo));
    }

    [Fact]
    public void A_card_of_version_2_is_read()
    {
        var card = One(
            "VERSION:2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=9Cnal;Zo=C3=AB", "TEL;CELL;VOICE:0123",
            "EMAIL;INTERNET:zoe@example.test", "PHOTO;JPEG;ENCODING=BASE64:\r\n AAEC\r\n Aw==\r\n");
        Assert.Equal(("Zoë Ünal", "Zoë", "Ünal"), (card.Name, card.GivenName, card.FamilyName));
        Assert.Equal([new ContactDetail("0123", "cell")], card.Phones);
        Assert.Equal([new ContactDetail("zoe@example.test", null)], card.Emails);
        Assert.Equal("AAECAw==", card.Photo!.Base64);
    }

    [Fact]
    public void Labels_of_a_group_name_its_lines() => Assert.Equal(
        [new ContactDetail("01", "work"), new ContactDetail("02", "boat")],
        One("item1.TEL:01", "item1.X-ABLabel:_$!<Work>!$_", "item2.TEL;TYPE=home:02", "item2.X-ABLabel:Boat").Phones);

    [Theory]
    [InlineData("ORG:Canteen", "Canteen")]
    [InlineData("FN: ", null)]
    [InlineData("N:;;;;", null)]
    public void A_name_is_made_of_what_there_is(string line, string? expected) => Assert.Equal(expected, One(line).Name);

    [Theory]
    [InlineData("BDAY:1985-04-12", "1985-04-12")]
    [InlineData("BDAY:1985-04-12T00:00:00Z", "1985-04-12")]
    [InlineData("BDAY:--0412", null)]
    [InlineData("BDAY:spring", null)]
    public void A_birthday_needs_its_year(string line, string? expected) =>
        Assert.Equal(expected, One(line).Birthday?.ToString("yyyy-MM-dd", null));

    [Fact]
    public void Cards_stand_one_after_another_or_unclosed() => Assert.Equal(
        ["A", "B", "C"], ContactReader.Read(
            "BEGIN:VCARD\nFN:A\nEND:VCARD\n\nBEGIN:VCARD\nFN:B\nBEGIN:VCARD\nFN:C").Select(card => card.Name));

    [Theory]
    [InlineData("")]
    [InlineData("FN:Ana")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR")]
    public void Text_without_a_card_gives_none(string text) => Assert.Empty(ContactReader.Read(text));

    private static Contact One(params string[] lines) =>
        ContactReader.Read("BEGIN:VCARD\r\n" + string.Join("\r\n", lines) + "\r\nEND:VCARD\r\n").Single();
}
