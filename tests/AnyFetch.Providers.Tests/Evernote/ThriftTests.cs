using System.Text;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Evernote.Thrift;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Providers.Tests.Evernote;

/// <summary>The reader of Thrift, on bytes from its published description and on bytes from nowhere.</summary>
public sealed class ThriftTests
{
    // A reply to getSyncState: field 0 a struct of 1 = 1000, 2 = 7, 3 = 42, with a map, a list of structs and a double between
    // them that nobody asked for.
    private static byte[] Reply() => Convert.FromHexString(
        "80010002" + "0000000c" + Hex("getSyncState") + "00000000"
        + "0c0000"
        + "0a0001" + "00000000000003e8"
        + "0d0009" + "0b0b" + "00000001" + "00000001" + Hex("k") + "00000001" + Hex("v")
        + "0f000a" + "0c" + "00000002" + "020001" + "01" + "00" + "00"
        + "04000b" + "3ff0000000000000"
        + "0a0002" + "0000000000000007"
        + "080003" + "0000002a"
        + "00" + "00");

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    private static EvernoteState Read(byte[] bytes)
    {
        var reader = new ThriftReader(bytes);
        Assert.Equal((ThriftMessageKind.Reply, "getSyncState"), reader.ReadMessage());
        Assert.True(reader.Next(out var field));
        Assert.Equal(new ThriftField(0, ThriftType.Struct), field);
        return EvernoteState.Read(reader);
    }

    [Fact]
    public void A_reply_is_read_and_what_nobody_asked_for_is_passed_over() =>
        Assert.Equal(new EvernoteState(1000, 7, 42), Read(Reply()));

    [Fact]
    public void A_call_is_written_as_the_description_says() => Assert.Equal(
        Convert.FromHexString(
            "80010001" + "00000007" + Hex("getNote") + "00000000" + "0b0001" + "00000002" + Hex("é")
            + "080002" + "ffffffff" + "0c0004" + "020009" + "01" + "00" + "00"),
        ThriftWriter.Call("getNote", call =>
        {
            call.Field(1, "é");
            call.Field(2, -1);
            call.Field(4, filter => filter.Field(9, true));
        }).ToArray());

    [Fact]
    public void A_reply_that_is_cut_short_anywhere_is_noticed()
    {
        var reply = Reply();

        // The last byte ends the result, which is complete by then.
        for (var length = 0; length < reply.Length - 1; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReadAll(reply[..length]));
        }
    }

    [Theory]
    [InlineData("0b0001" + "7fffffff")]
    [InlineData("0b0001" + "ffffffff")]
    [InlineData("0f0001" + "0c" + "7fffffff" + "00")]
    [InlineData("0d0001" + "0202" + "00ffffff" + "00")]
    [InlineData("ee0001" + "00")]
    public void What_claims_more_than_there_is_is_refused(string fields) =>
        Assert.Throws<InvalidDataException>(() => EvernoteNote.Read(new ThriftReader(Convert.FromHexString(fields))));

    [Fact]
    public void Structs_that_nest_without_end_are_refused() =>
        Assert.Throws<InvalidDataException>(() => EvernoteNote.Read(new ThriftReader(
            Convert.FromHexString(string.Concat(Enumerable.Repeat("0c0063", 100_000))))));

    [Fact]
    public void Bytes_from_nowhere_are_refused_and_nothing_else_happens() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes => IsRefusedOrRead(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reply_with_a_byte_that_changed_is_read_or_refused_and_nothing_else_happens() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<byte>(),
        (at, value) =>
        {
            var bytes = Reply();
            bytes[at.Get % bytes.Length] = value;
            return IsRefusedOrRead(bytes);
        }).QuickCheckThrowOnFailure();

    private static bool IsRefusedOrRead(byte[] bytes)
    {
        try
        {
            ReadAll(bytes);
            return true;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static void ReadAll(byte[] bytes)
    {
        var reader = new ThriftReader(bytes);
        reader.ReadMessage();
        if (reader.Next(out _))
        {
            EvernoteState.Read(reader);
        }
    }
}
