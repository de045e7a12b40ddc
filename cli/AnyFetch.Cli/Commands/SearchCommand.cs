using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AnyFetch.Cli.Output;
using AnyFetch.Client;
using Spectre.Console;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch search WORDS…</c></summary>
internal static class SearchCommand
{
    private static readonly Argument<string[]> s_words = new("WORDS")
    {
        Description = "What to look for: words, \"phrases\", pre*, AND, OR, NOT, field:word.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<int> s_limit = new("--limit", "-n")
    {
        Description = "Hits to show, 0 to 1000.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> s_page = new("--page", "-p")
    {
        Description = "Which page of them, from 1.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> s_types = new("--type", "-t") { Description = "Only this document type, by name." };
    private static readonly Option<string?> s_after = new("--after") { Description = "Only made on this day or later.", HelpName = "DATE" };
    private static readonly Option<string?> s_before = new("--before") { Description = "Only made before this day.", HelpName = "DATE" };
    private static readonly Option<string?> s_sort = new("--sort") { Description = "score, created or modified; '-' in front reverses." };
    private static readonly Option<bool> s_any = new("--any") { Description = "Any of the words will do." };
    private static readonly Option<bool> s_json = CommonOptions.Json();
    private static readonly Option<string?> s_server = CommonOptions.Server();
    private static readonly Option<string?> s_data = CommonOptions.Data();

    public static Command Create()
    {
        s_sort.AcceptOnlyFromAmong("score", "-score", "created", "-created", "modified", "-modified");
        var command = new Command("search", "Search, with the best hits first.")
        {
            s_words, s_limit, s_page, s_types, s_after, s_before, s_sort, s_any, s_json, s_server, s_data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var profile = CommonOptions.RequireProfile(parse.GetValue(s_server), parse.GetValue(s_data));
        var client = CommonOptions.Connect(profile);
        var search = await ToSearchAsync(parse, client, cancellationToken).ConfigureAwait(false);
        var page = await client.Documents.SearchAsync(search, cancellationToken).ConfigureAwait(false);
        var view = SearchView.Of(page, search.Start ?? 0);
        if (parse.GetValue(s_json))
        {
            Console.WriteLine(JsonSerializer.Serialize(view, CliJson.Default.SearchView));
        }
        else
        {
            SearchHits.Write(Terminal.Create(), view);
        }

        return view.Count == 0 ? ExitCode.NothingFound : ExitCode.Done;
    }

    private static async Task<DocumentSearch> ToSearchAsync(
        ParseResult parse,
        AnyFetchClient client,
        CancellationToken cancellationToken)
    {
        var words = parse.GetValue(s_words) ?? [];
        var limit = parse.GetValue(s_limit);
        var page = parse.GetValue(s_page);
        if (limit is < 0 or > 1000 || page < 1)
        {
            throw new CommandFailedException(ExitCode.Usage, "--limit is 0 to 1000, --page is 1 or more.");
        }

        return new DocumentSearch
        {
            Search = words.Length == 0 ? null : string.Join(' ', words),
            Limit = limit,
            Start = (page - 1) * limit,
            After = ToDate(parse.GetValue(s_after), "--after"),
            Before = ToDate(parse.GetValue(s_before), "--before"),
            Strict = parse.GetValue(s_any) ? false : null,
            Sort = ToSort(parse.GetValue(s_sort)),
            DocumentTypes = await ToIdsAsync(parse.GetValue(s_types) ?? [], client, cancellationToken).ConfigureAwait(false),
        };
    }

    private static DateTimeOffset? ToDate(string? text, string option) => text switch
    {
        null => null,
        _ when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) => date,
        _ => throw new CommandFailedException(ExitCode.Usage, $"{option}: '{text}' is no date; write 2026-01-31."),
    };

    /// <summary>Dates go latest first, which is what the API calls reversed.</summary>
    private static string? ToSort(string? sort) => sort switch
    {
        "score" => "_score",
        "-score" => "-_score",
        "created" => "-creationDate",
        "-created" => "creationDate",
        "modified" => "-modificationDate",
        "-modified" => "modificationDate",
        _ => null,
    };

    private static async Task<IReadOnlyList<string>> ToIdsAsync(
        string[] names,
        AnyFetchClient client,
        CancellationToken cancellationToken)
    {
        if (names.Length == 0)
        {
            return [];
        }

        var types = await client.DocumentTypes.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. names.Select(name => types.FirstOrDefault(t => t.Name == name)?.Id
            ?? throw new CommandFailedException(
                ExitCode.Usage,
                $"'{name}' is no document type; there are {string.Join(", ", types.Select(t => t.Name))}."))];
    }
}
