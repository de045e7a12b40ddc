using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Tests.Hosts;
using AnyFetch.Hydraters.Tests.Samples;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydraters.Tests;

/// <summary>The registration table (hydraters.md §1) and what holds for every built-in hydrater.</summary>
public sealed class BuiltInHydratersTests
{
    [Fact]
    public void Each_row_registers_the_hydrater_that_it_names()
    {
        Assert.Equal(BuiltInHydraters.All.Select(row => row.ShortName), All().Select(h => h.Descriptor.ShortName));
        Assert.Equal("5252ce4ce4cfcd16f55cfb06", BuiltInHydraters.IdOf("markdown"));
        Assert.Null(BuiltInHydraters.IdOf("no such"));
        Assert.Equal("pdfocr", Assert.Single(BuiltInHydraters.All, row => !row.IsDefault).ShortName);
    }

    [Theory]
    [InlineData("file", "/a.md", true, "plaintext markdown")]
    [InlineData("file", "/a.txt", true, "plaintext")]
    [InlineData("file", "/a.log", true, "plaintext filecleaner")]
    [InlineData("file", "/a.jpg", true, "plaintext image ocr iptc")]
    [InlineData("image", "/a.TIFF", true, "image ocr iptc")]
    [InlineData("file", "/a.svg", true, "plaintext image iptc")]
    [InlineData("file", "/a.md", false, "")]
    [InlineData("email-thread", "/t", false, "embedmail")]
    [InlineData("file", "/a.eml", true, "plaintext eml")]
    [InlineData("file", "/a.MSG", true, "plaintext eml")]
    [InlineData("file", "/a.mbox", true, "plaintext eml")]
    [InlineData("file", "/a.enex", true, "plaintext enex")]
    [InlineData("file", "/a.tar.gz", true, "plaintext archive")]
    [InlineData("file", "/a.jar", true, "plaintext")]
    [InlineData("document", "/a.md", true, "")]
    [InlineData("email", "/a.log", true, "embedmail deduplicator")]
    public void Filters_choose_the_hydraters_of_the_table(string type, string path, bool hasFile, string expected)
    {
        var view = JsonDocument.Parse(new JsonObject
        {
            ["documentType"] = new JsonObject { ["name"] = type },
            ["metadata"] = new JsonObject { ["path"] = path },
            ["filePath"] = hasFile ? "https://files.test/1" : "",
        }.ToJsonString()).RootElement;
        var matching = All().Where(h => h.Descriptor.Filters.Any(f => f.Matches(view))).Select(h => h.Descriptor.ShortName);
        Assert.Equal(expected, string.Join(' ', matching));
    }

    [Fact]
    public void Registrations_are_what_a_core_takes()
    {
        foreach (var hydrater in All())
        {
            var registration = HydraterRegistration.Of(hydrater.Descriptor, name => $"http://h.test/hydraters/{name}/hydrate");
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                registration.WriteTo(writer);
            }

            var json = JsonNode.Parse(buffer.ToArray())!;
            Assert.True(Uri.IsWellFormedUriString((string?)json["url"], UriKind.Absolute));
            Assert.NotEmpty(json["filters"]!.AsArray());
            Assert.All(json["excludes"]!.AsArray(), e => Assert.True(Uri.IsWellFormedUriString((string?)e, UriKind.Absolute)));
        }
    }

    [Fact]
    public void Priorities_and_excludes_are_those_of_the_table()
    {
        var all = All().ToDictionary(h => h.Descriptor.ShortName, h => h.Descriptor);
        Assert.Equal((100, false), (all["filecleaner"].Priority, all["filecleaner"].NeedsFile));
        Assert.Equal((0, true), (all["markdown"].Priority, all["markdown"].NeedsFile));
        Assert.Equal(["plaintext"], all["markdown"].Excludes);
        Assert.Equal(0, all["plaintext"].Priority);
        Assert.Equal((10, true), (all["eml"].Priority, all["eml"].NeedsFile));
        Assert.Equal(["plaintext"], all["eml"].Excludes);
        Assert.Equal((-10, false), (all["deduplicator"].Priority, all["deduplicator"].NeedsFile));
        Assert.All(["image", "iptc", "ocr"], name => Assert.Equal((5, true), (all[name].Priority, all[name].NeedsFile)));
    }

    [ToolFact("pdftotext")]
    public async Task Every_sample_document_becomes_searchable_and_a_second_run_changes_nothing()
    {
        var samples = Directory.GetFiles(RepositoryRoot.At("samples/documents"), "*", SearchOption.AllDirectories);
        Assert.InRange(samples.Length, 20, 60);
        foreach (var sample in samples)
        {
            var document = TaskDocument.File("/" + Path.GetFileName(sample));
            var hydrater = All().First(h => h.Descriptor.ShortName == (sample.EndsWith(".md", StringComparison.Ordinal) ? "markdown" : "plaintext"));
            var outcome = await HydraterTestKit.RunAsync(hydrater, sample, document, CancellationToken.None);
            Assert.Null(outcome.Error);
            var sent = JsonNode.Parse(outcome.PayloadText!)!;
            Assert.Equal("document", (string?)sent["document_type"]);
            var text = (string)sent["metadata"]!["text"]!;
            Assert.True(text.Length > 60, $"{sample}: {text}");
            Assert.DoesNotContain('<', text);
            Assert.DoesNotContain('\ufffd', text);
            Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\t'));
            Assert.DoesNotContain("<script", (string)sent["data"]!["html"]!, StringComparison.OrdinalIgnoreCase);

            Merge(document, sent);
            var again = JsonNode.Parse((await HydraterTestKit.RunAsync(hydrater, sample, document, CancellationToken.None)).PayloadText!)!;
            var before = document.ToJsonString();
            Merge(document, again);
            Assert.Equal(before, document.ToJsonString());
        }
    }

    [Fact]
    public async Task The_test_kit_tells_where_a_change_set_differs()
    {
        var outcome = await HydraterTestKit.RunAsync(
            FakeHydrater.Of(c =>
            {
                c.Changes.Metadata["a"] = 1;
                c.Changes.Metadata["b"] = "x";
                return HydrationResult.Changed(c.Changes);
            }), null, new JsonObject(), CancellationToken.None);
        Assert.Empty(HydraterTestKit.Differences(outcome, """{"metadata":{"b":"x","a":1}}"""));
        Assert.Equal(
            ["$.metadata.a: expected 2 but got 1", "$.metadata.c: missing", "$.metadata.b: not expected"],
            HydraterTestKit.Differences(outcome, """{"metadata":{"a":2,"c":3}}"""));
    }

    private static void Merge(JsonObject document, JsonNode changes)
    {
        foreach (var (key, value) in changes.AsObject())
        {
            if (value is JsonObject map && document[key] is JsonObject target)
            {
                foreach (var (name, member) in map)
                {
                    target[name] = member?.DeepClone();
                }
            }
            else if (key != "document_type")
            {
                document[key] = value?.DeepClone();
            }
        }
    }

    private static List<IHydrater> All() =>
        [.. new ServiceCollection().AddBuiltInHydraters().BuildServiceProvider().GetServices<IHydrater>()];
}
