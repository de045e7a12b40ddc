using System.Buffers.Binary;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Conformance.Tests.Targets;

namespace AnyFetch.Conformance.Tests.Api;

/// <summary>Making, changing and reading one document (api.md §5).</summary>
public sealed class DocumentConformanceTests(TargetServers servers) : ConformanceSuite(servers)
{
    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_checks_11_12_13_14_and_15_documents_are_made_and_merged(string target)
    {
        await using var company = await NewCompanyAsync(target);
        (await company.GetAsync("documents/xyz")).Is(409, "InvalidArgument");
        (await company.GetAsync("documents/" + UnknownId)).Is(404, "ResourceNotFound");
        var unnamed = await company.Api.Documents.PostAsync(new DocumentDraft(), default);
        Assert.Equal(unnamed.Id, unnamed.Identifier);

        var first = await company.AddAsync("i", """{"a":{"x":1},"b":2,"c":3}""");
        var second = await company.AddAsync("i", """{"a":{"y":1},"b":null}""", "email");
        Assert.Equal(first.Id, second.Id);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"a":{"y":1},"c":3}"""), second.Metadata!.Value));
        Assert.Equal("email", second.DocumentType!.Name);
        var byId = await company.AddAsync("j", type: second.DocumentType.Id);
        Assert.Equal("email", byId.DocumentType!.Name);
        (await company.PostAsync("documents", """{"document_type":"unheard-of"}""")).Is(409, "InvalidArgument");
        (await company.PostAsync("documents", $$"""{"id":"{{first.Id}}","identifier":"i"}""")).Is(409, "TooManyArguments");
        (await company.PostAsync("documents", $$"""{"id":"{{UnknownId}}"}""")).Is(409, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_16_access_by_token_is_by_its_user_and_hides_from_others(string target)
    {
        await using var company = await NewCompanyAsync(target);
        var colleague = await company.AddPersonAsync(isAdmin: true);
        var mine = await company.Api.Documents.PostAsync(
            new DocumentDraft { Identifier = "m", UserAccess = [company.Token] }, default);
        Assert.Equal([company.Admin.Id], mine.UserAccess);
        await company.CountIsAsync("", 1);
        await company.CountIsAsync("", 0, colleague.Basic);
        foreach (var part in (string[])["", "/raw", "/similar", "/related", "/file", "/image"])
        {
            (await company.GetAsync($"documents/{mine.Id}{part}", colleague.Basic)).Is(404, "ResourceNotFound");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_17_changes_answer_without_body_and_basic_cannot_create_or_delete(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("m");
        (await company.PostAsync("documents", "{}", company.Basic)).Is(401, "ForbiddenScheme");
        (await company.SendAsync("DELETE", "documents/identifier/m", null, company.Basic)).Is(401, "ForbiddenScheme");
        Assert.Empty((await company.SendAsync("PATCH", "documents/identifier/m", """{"metadata":{"a":1}}""")).Is(204).Bytes);
        Assert.Empty((await company.SendAsync("DELETE", "documents/identifier/m")).Is(204).Bytes);
        (await company.GetAsync("documents/identifier/m")).Is(404, "ResourceNotFound");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_18_an_encoded_identifier_works_on_every_sub_route_for_its_own_token_only(string target)
    {
        const string Identifier = "http://x.example/a/b?c=(d)#é";
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync(Identifier, """{"title":"heron"}""");
        var reference = DocumentRef.ByIdentifier(Identifier);
        Assert.Equal(Identifier, (await company.Api.Documents.GetAsync(reference, default)).Identifier);
        Assert.Equal(Identifier, (await company.Api.Documents.GetRawAsync(reference, default)).Identifier);
        Assert.Empty((await company.Api.Documents.GetRelatedAsync(reference, null, default)).Data);
        Assert.Empty((await company.Api.Documents.GetSimilarAsync(reference, null, default)).Data);
        await using (var image = await company.Api.Documents.DownloadImageAsync(reference, 100, default))
        {
            Assert.Equal("image/png", image.ContentType);
        }

        var path = "documents/identifier/" + Uri.EscapeDataString(Identifier);
        (await company.SendAsync("POST", path + "/file", OwnCompany.Multipart("text"u8.ToArray()))).Is(204);
        var other = "Bearer " + await NewClientTokenAsync(company);
        foreach (var part in (string[])["", "/raw", "/file", "/image", "/similar", "/related"])
        {
            (await company.GetAsync(path + part, other)).Is(404, "ResourceNotFound");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_19_an_upload_needs_its_part_and_a_document_without_file_has_none(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("i");
        (await company.GetAsync("documents/identifier/i/file")).Is(404, "ResourceNotFound");
        var empty = OwnCompany.Multipart(null, ("other", "x"));
        (await company.SendAsync("POST", "documents/identifier/i/file", empty)).Is(409, "MissingParameter");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Api_check_20_and_search_check_36_an_image_has_the_width_that_was_asked(string target)
    {
        await using var company = await NewCompanyAsync(target);
        await company.AddAsync("i", """{"title":"heron","text":"of the marsh"}""", "document");
        const string Image = "documents/identifier/i/image?width=";
        (await company.GetAsync(Image + "99")).Is(409, "InvalidArgument");
        (await company.GetAsync(Image + "1921")).Is(409, "InvalidArgument");
        foreach (var width in (int[])[100, 640])
        {
            var image = (await company.GetAsync(Image + width)).Is(200);
            Assert.Equal("image/png", image.Headers["Content-Type"]);
            Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(image.Bytes.AsSpan(16)));
        }
    }
}
