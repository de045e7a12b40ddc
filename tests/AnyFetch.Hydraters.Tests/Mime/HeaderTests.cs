using AnyFetch.Mime;
using AnyFetch.Mime.Headers;

namespace AnyFetch.Hydraters.Tests.Mime;

/// <summary>
/// Values of header fields: encoded words, parameters, addresses, dates (RFC 2047, 2231, 5322, 6532).
/// </summary>
public sealed class HeaderTests
{
    private static readonly MimeOptions Options = new();

    [Theory]
    [InlineData("=?utf-8?Q?Caf=C3=A9_au_lait?=", "Café au lait")]
    [InlineData("=?UTF-8?b?Q2Fmw6k=?=", "Café")]
    [InlineData("=?iso-8859-1?q?caf=e9?= at =?utf-8*en?q?noon?=", "café at noon")]
    [InlineData("=?utf-8?q?a?= =?utf-8?q?b?=\t=?utf-8?q?c?=", "abc")]
    [InlineData("=?utf-8?b?Q2Fm?==?utf-8?b?w6k?=", "Café")]
    [InlineData("=?utf-8?q?Caf=C3?= =?utf-8?q?=A9?=", "Café")]
    [InlineData("=?utf-8?q?with blank inside?=", "with blank inside")]
    [InlineData("x=?utf-8?q?y?=z", "xyz")]
    [InlineData("\"=?utf-8?q?quoted?=\"", "\"quoted\"")]
    [InlineData("=?utf-8?x?strange?=", "=?utf-8?x?strange?=")]
    [InlineData("=?utf-8?q?never ends", "=?utf-8?q?never ends")]
    [InlineData("=?=?utf-8?q?a?=", "=?a")]
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("1 =? 2 ?= 3", "1 =? 2 ?= 3")]
    public void Encoded_words_are_decoded_also_when_they_are_broken(string value, string expected) =>
        Assert.Equal(expected, EncodedWords.Decode(value, Options));

    [Theory]
    [InlineData("attachment; filename=plain.txt", "plain.txt")]
    [InlineData("attachment; filename=\"with \\\"quotes\\\".txt\"", "with \"quotes\".txt")]
    [InlineData("attachment; filename=bare blanks.txt; size=3", "bare blanks.txt")]
    [InlineData("attachment; filename*=utf-8'en'na%C3%AFve.txt", "naïve.txt")]
    [InlineData("attachment; filename*0*=utf-8''na%C3; filename*1*=%AFve; filename*2=.txt", "naïve.txt")]
    [InlineData("attachment; filename*1=two; filename*0=one", "onetwo")]
    [InlineData("attachment; filename=\"=?utf-8?q?na=C3=AFve.txt?=\"", "naïve.txt")]
    [InlineData("attachment; filename=old.txt; filename*=utf-8''new.txt", "new.txt")]
    [InlineData("attachment; filename=\"C:\\dir\\a.txt\"", "C:\\dir\\a.txt")]
    [InlineData("attachment; FILENAME=\"a;b.txt\"", "a;b.txt")]
    [InlineData("attachment; filename=\"unended.txt", "unended.txt")]
    [InlineData("attachment; filename*=utf-8''100%", "100%")]
    public void Parameters_are_read_in_all_their_forms(string value, string expected) =>
        Assert.Equal(expected, StructuredField.Parse(value, Options).Parameter("filename"));

    [Theory]
    [InlineData("ada@x.test", "ada@x.test|")]
    [InlineData("Ada Lovelace <ada@x.test>", "ada@x.test|Ada Lovelace")]
    [InlineData("\"Lovelace, Ada\" <ada@x.test>, b@x.test", "ada@x.test|Lovelace, Ada b@x.test|")]
    [InlineData("ada@x.test (Ada (the first))", "ada@x.test|Ada (the first)")]
    [InlineData("Team: a@x.test, Bo <b@x.test>;, c@x.test", "a@x.test| b@x.test|Bo c@x.test|")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("a@x.test; b@x.test", "a@x.test| b@x.test|")]
    [InlineData("=?utf-8?q?Zo=C3=AB?= <zoe@x.test>", "zoe@x.test|Zoë")]
    [InlineData("=?utf-8?q?Zo=C3=AB_=3Czoe=40x=2Etest=3E?=", "zoe@x.test|Zoë")]
    [InlineData("<@one.test,@two.test:ada@x.test>", "ada@x.test|")]
    [InlineData("'Ada' <ada@x.test>", "ada@x.test|Ada")]
    [InlineData("root", "root|")]
    [InlineData("Ada Lovelace", "|Ada Lovelace")]
    [InlineData("Ada <ada@x.test", "ada@x.test|Ada")]
    [InlineData("Zoë <zoë@x.test>", "zoë@x.test|Zoë")]
    [InlineData("\"ada\"@x.test", "ada@x.test|")]
    [InlineData(" , ,", "")]
    [InlineData("\"open <ada@x.test>", "ada@x.test|open")]
    public void Addresses_are_read_in_all_their_forms(string value, string expected)
    {
        var list = MimeSample.Read($"To: {value}\n\n").To;
        Assert.Equal(expected, string.Join(' ', list.Select(a => $"{a.Address}|{a.Name}")));
    }

    [Theory]
    [InlineData("Tue, 3 Mar 2026 10:20:30 +0100", "2026-03-03T09:20:30Z")]
    [InlineData("3 Mar 26 10:20 EST", "2026-03-03T15:20:00Z")]
    [InlineData("Tue, 03 Mar 1998 10:20:30 -0800 (PST)", "1998-03-03T18:20:30Z")]
    [InlineData("Tue Mar  3 10:20:30 2026", "2026-03-03T10:20:30Z")]
    [InlineData("Tue Mar  3 10:20:30 CET 2026", "2026-03-03T09:20:30Z")]
    [InlineData("Tue, 03-Mar-2026 10:20:30 GMT", "2026-03-03T10:20:30Z")]
    [InlineData("3 March 2026 02:20:30 PM +0000", "2026-03-03T14:20:30Z")]
    [InlineData("Tue, 3 Mar 99 10:20:30 GMT", "1999-03-03T10:20:30Z")]
    [InlineData("Tue, 3 Mar 126 10:20:30 GMT", "2026-03-03T10:20:30Z")]
    [InlineData("Tue,3 Mar 2026 10:20:30 GMT+0200", "2026-03-03T08:20:30Z")]
    [InlineData("2026-03-03T10:20:30Z", "2026-03-03T10:20:30Z")]
    [InlineData("Sat, 31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59Z")]
    [InlineData("31 Feb 2026 10:00:00 +0000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates_of_all_sorts_are_read(string value, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, null), MailDate.Parse(value));

    [Fact]
    public void Raw_letters_in_headers_are_utf8_or_what_they_look_like()
    {
        Assert.Equal("Café", MimeSample.Read("Subject: Café\n\n").Subject);
        Assert.Equal("Café", MimeSample.Read("Subject: Caf\u00e9\n\n"u8.ToArray()).Subject);
        Assert.Equal("Café", MimeSample.Read([.. "Subject: Caf"u8, 0xe9, .. "\n\n"u8]).Subject);
    }
}
