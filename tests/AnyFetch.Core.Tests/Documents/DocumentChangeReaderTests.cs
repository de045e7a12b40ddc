using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Core.Tests.Documents;

public sealed class DocumentChangeReaderTests
{
    private static readonly Core.DocumentTypes.DocumentTypes s_types = new(
    [
        Type(BuiltInDocumentTypes.File, "file"),
        Type(BuiltInDocumentTypes.Email, "email"),
    ]);

    [Fact]
    public void Every_field_of_the_current_form_is_read()
    {
        var body = Read("""
            {"identifier":"a/b","document_type":"email","creation_date":"2014-03-21T16:15:04.813Z",
             "modification_date":"2014-03-22","metadata":{"title":"Hi","gone":null},"data":{"html":"<p>"},
             "actions":{"show":"http://x/","hide":null},"related":["one","5252ce4ce4cfcd16f55cfa3b"],"user_access":["u","v"]}
            """);

        Assert.Equal("a/b", body.Identifier!.Value.Value);
        Assert.Equal(BuiltInDocumentTypes.Email, body.Change.Type.Value);
        Assert.Equal("2014-03-21T16:15:04.8130000+00:00", body.Change.CreationDate.Value.ToString("O"));
        Assert.Equal("2014-03-22T00:00:00.0000000+00:00", body.Change.ModificationDate.Value.ToString("O"));
        Assert.Equal("""{"title":"Hi","gone":null}""", body.Change.Metadata.ToString());
        Assert.Equal("""{"html":"<p>"}""", body.Change.Data.ToString());
        Assert.Equal("""{"show":"http://x/"}""", body.Change.Actions.Value.ToString());
        Assert.Equal(["one", "5252ce4ce4cfcd16f55cfa3b"], body.Change.Related.Value);
        Assert.Equal(["u", "v"], body.UserAccess.Value!);
        Assert.False(body.Change.Source.HasValue);
        Assert.Empty(body.UnknownKeys);
    }

    [Fact]
    public void Every_field_of_the_legacy_form_is_read()
    {
        var body = Read(
            """
            {"identifier":"i","source":null,"metadatas":{"total":1},"update_date":"2014-03-21T10:00:00+02:00",
             "actions":[{"type":"show","url":"a"},{"type":"reply","url":"b"},{"type":"show","url":"c"}],"user_access":null}
            """,
            DocumentBodyForm.Legacy);

        Assert.True(body.Change.Source.Value.KeepsFile);
        Assert.Equal("""{"total":1}""", body.Change.Metadata.ToString());
        Assert.Equal("2014-03-21T08:00:00.0000000+00:00", body.Change.ModificationDate.Value.ToString("O"));
        Assert.Equal("""{"show":"c","reply":"b"}""", body.Change.Actions.Value.ToString());
        Assert.True(body.UserAccess.HasValue);
        Assert.Null(body.UserAccess.Value);
    }

    [Fact]
    public void The_legacy_form_honours_type_and_data()
    {
        var body = Read("""{"document_type":"email","data":{"html":"x"}}""", DocumentBodyForm.Legacy);
        Assert.Equal(BuiltInDocumentTypes.Email, body.Change.Type.Value);
        Assert.Equal("""{"html":"x"}""", body.Change.Data.ToString());
    }

    [Fact]
    public void A_source_that_is_text_is_kept_as_a_url() =>
        Assert.Equal(
            "http://origin/1",
            Read("""{"source":"http://origin/1"}""", DocumentBodyForm.Legacy).Change.Source.Value.Url);

    [Theory]
    [InlineData("""{"metadatas":{},"update_date":"x","source":1}""", DocumentBodyForm.Current)]
    [InlineData("""{"metadata":{},"related":[],"modification_date":"nope"}""", DocumentBodyForm.Legacy)]
    [InlineData("""{"identifier":"x","id":"y","more":{"a":[1,{}]}}""", DocumentBodyForm.Callback)]
    public void Names_of_another_form_are_listed_as_unknown(string json, DocumentBodyForm form)
    {
        var body = Read(json, form);
        Assert.Equal(3, body.UnknownKeys.Count);
        Assert.Equal(new DocumentChange(), body.Change);
    }

    [Fact]
    public void A_callback_may_say_userAccess_and_that_it_failed()
    {
        var body = Read(
            """{"userAccess":["u"],"hydration_errored":"True","hydration_error":"HydrationError: no"}""",
            DocumentBodyForm.Callback);

        Assert.Equal(["u"], body.UserAccess.Value!);
        Assert.True(body.HydrationErrored);
        Assert.Equal("HydrationError: no", body.HydrationError);
    }

    [Fact]
    public void Fields_that_the_core_keeps_are_ignored()
    {
        var body = Read(
            """{"hydrating":["x"],"hydrated_by":[{"url":"y"}],"last_hydration":1,"hydrater_errored":null}""");
        Assert.Empty(body.UnknownKeys);
        Assert.Equal(new DocumentChange(), body.Change);
    }

    [Fact]
    public void Nulls_change_nothing_but_what_can_be_emptied()
    {
        var body = Read("""
            {"metadata":null,"data":null,"creation_date":null,"document_type":null,"identifier":null,"id":null,
             "actions":null,"related":null}
            """);
        Assert.True(body.Change.Metadata.IsEmpty);
        Assert.False(body.Change.CreationDate.HasValue || body.Change.Type.HasValue);
        Assert.Null(body.Identifier);
        Assert.Null(body.Id);
        Assert.True(body.Change.Actions.Value.IsEmpty);
        Assert.Empty(body.Change.Related.Value);
        Assert.False(body.UserAccess.HasValue);
    }

    [Fact]
    public void The_last_of_two_equal_keys_wins() =>
        Assert.Equal("""{"b":2}""", Read("""{"metadata":{"a":1},"metadata":{"b":2}}""").Change.Metadata.ToString());

    [Theory]
    [InlineData("metadata", "[1]")]
    [InlineData("metadata", "\"x\"")]
    [InlineData("data", "1")]
    [InlineData("document_type", "\"unknown\"")]
    [InlineData("document_type", "\"5252ce4ce4cfcd16f55cfa99\"")]
    [InlineData("document_type", "{}")]
    [InlineData("creation_date", "\"yesterday\"")]
    [InlineData("creation_date", "1395418504813")]
    [InlineData("modification_date", "\"2014-02-30\"")]
    [InlineData("identifier", "3")]
    [InlineData("identifier", "\"a\\u0000b\"")]
    [InlineData("id", "\"123\"")]
    [InlineData("actions", "{\"show\":1}")]
    [InlineData("actions", "[{\"type\":\"show\",\"url\":\"x\"}]")]
    [InlineData("related", "{}")]
    [InlineData("related", "[1]")]
    [InlineData("related", "[\"\"]")]
    [InlineData("user_access", "true")]
    [InlineData("user_access", "[[\"x\"]]")]
    [InlineData("hydration_errored", "\"maybe\"")]
    public void A_wrong_value_is_refused_by_name(string key, string value)
    {
        var error = Refused($$$"""{"metadata":{"a":1},"{{{key}}}":{{{value}}},"data":{}}""");
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"type":"show"}]""")]
    [InlineData("""[{"type":"show","url":3}]""")]
    [InlineData("""["show"]""")]
    public void A_legacy_list_of_actions_needs_type_and_url(string actions) =>
        Assert.Equal(
            ErrorCode.InvalidArgument,
            Refused($$$"""{"actions":{{{actions}}}}""", DocumentBodyForm.Legacy).Code);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{}{}")]
    [InlineData("{\"metadata\":{\"a\":}}")]
    [InlineData("{\"metadata\":{\"a\":\"\\ud800\"}}")]
    [InlineData("{\"identifier\":\"\\udc00\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("   ")]
    public void What_is_not_JSON_or_not_Unicode_is_a_bad_request(string json) =>
        Assert.Equal(ErrorCode.BadRequest, Refused(json).Code);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_bad_request()
    {
        byte[] body = [.. "{\"metadata\":{\"a\":\""u8, 0xC3, .. "\"}}"u8];
        Assert.Equal(
            ErrorCode.BadRequest,
            DocumentChangeReader.Read(body, DocumentBodyForm.Current, s_types).Error!.Code);
    }

    [Fact]
    public void Deep_nesting_is_a_bad_request() =>
        Assert.Equal(
            ErrorCode.BadRequest,
            Refused("{\"metadata\":{\"a\":" + new string('[', 5_000_000) + "}}").Code);

    [Fact]
    public void A_byte_order_mark_and_an_empty_body_are_accepted()
    {
        Assert.Equal("x", Read("\uFEFF{\"identifier\":\"x\"}").Identifier!.Value.Value);
        Assert.Equal(new DocumentChange(), Read("").Change);
    }

    [Fact]
    public void Only_a_few_unknown_keys_are_remembered()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\":{i}")) + "}";
        Assert.Equal(DocumentChangeReader.UnknownKeysMax, Read(json).UnknownKeys.Count);
    }

    [Fact]
    public void Lists_are_bounded()
    {
        var json = "{\"related\":[" + string.Join(',', Enumerable.Repeat("\"a\"", 10_001)) + "]}";
        Assert.Equal(ErrorCode.InvalidArgument, Refused(json).Code);
    }

    [Fact]
    public async Task Who_may_access_is_looked_up_and_kept_once()
    {
        var user = new UserId(Core.Ids.ObjectId.Parse("000000000000000000000001"));
        var body = Read("""{"user_access":["token","id"]}""");
        var found = await body.ResolveAsync((_, _) => ValueTask.FromResult<UserId?>(user), CancellationToken.None);
        Assert.Equal([user], found.Change!.UserAccess.Value!);

        var missing = await body.ResolveAsync((_, _) => ValueTask.FromResult<UserId?>(null), CancellationToken.None);
        Assert.Equal(ErrorCode.InvalidArgument, missing.Error!.Code);
        Assert.DoesNotContain("token", missing.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_give_a_body_or_an_error() => Prop.ForAll<byte[], int>((bytes, form) =>
    {
        var result = DocumentChangeReader.Read(bytes, (DocumentBodyForm)(Math.Abs(form % 3)), s_types);
        return result.Body is null != result.Error is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_body_gives_a_body_or_an_error()
    {
        var whole = Encoding.UTF8.GetBytes("""
            {"identifier":"é\u00e9","document_type":"file","metadata":{"a":[1,{"b":null}],"c":"\ud83d\ude00"},
             "related":["x"],"user_access":null,"actions":{"show":"u"},"creation_date":"2014-01-01T00:00:00Z"}
            """);
        Prop.ForAll<PositiveInt, byte, PositiveInt>((at, value, length) =>
        {
            var damaged = whole.ToArray();
            damaged[at.Get % damaged.Length] = value;
            var cut = damaged.AsSpan(0, length.Get % 3 == 0 ? length.Get % damaged.Length : damaged.Length);
            var result = DocumentChangeReader.Read(cut, DocumentBodyForm.Current, s_types);
            return result.Body is null != result.Error is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Metadata_comes_out_as_it_went_in() => Prop.ForAll<Dictionary<string, string>>(given =>
    {
        var values = given.Where(p => p.Key is not null && p.Value is not null && IsText(p.Key) && IsText(p.Value))
            .ToDictionary();
        var json = System.Text.Json.JsonSerializer.Serialize(new { metadata = values });
        var read = Read(json).Change.Metadata;
        return values.All(p => read.TryGet(p.Key, out var value) && value.GetString() == p.Value);
    }).QuickCheckThrowOnFailure();

    private static bool IsText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static DocumentBody Read(string json, DocumentBodyForm form = DocumentBodyForm.Current)
    {
        var result = DocumentChangeReader.Read(Encoding.UTF8.GetBytes(json), form, s_types);
        Assert.Null(result.Error);
        return result.Body!;
    }

    private static Error Refused(string json, DocumentBodyForm form = DocumentBodyForm.Current)
    {
        var result = DocumentChangeReader.Read(Encoding.UTF8.GetBytes(json), form, s_types);
        Assert.Null(result.Body);
        return result.Error!;
    }

    private static DocumentType Type(DocumentTypeId id, string name) => new()
    {
        Id = id,
        Name = name,
        Description = name,
        Templates = new ViewTexts("", "", ""),
        Projections = new ViewTexts("", "", ""),
        Mapping = JsonFields.Empty,
    };
}
