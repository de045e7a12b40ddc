using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Server.Operator;
using Spectre.Console;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch admin …</c>: what the operator does on the server's own machine.</summary>
internal static class AdminCommand
{
    public static Command Create() => new("admin", "Operate the server, on its own machine.")
    {
        Users(), Password(), Failed(), Dead(), Retry(), Unindexed(), Reindex(),
    };

    private static Command Users() => New("users", "Everybody who has an account.", [], async (client, json, _, token) =>
    {
        var users = await client.GetAsync("operator/users", OperatorJson.Default.OperatorUserArray, token).ConfigureAwait(false);
        Answer(json, users, OperatorJson.Default.OperatorUserArray, () =>
        {
            foreach (var user in users)
            {
                Console.WriteLine($"{user.Id}  {user.Email}  {user.Company}{(user.IsAdmin ? "  administrator" : "")}");
            }
        });
    });

    private static Command Password()
    {
        var email = new Argument<string>("EMAIL") { Description = "Whose password." };
        return New("password", "Set a new, random password and print it.", [email], async (client, json, parse, token) =>
        {
            var set = await client.PostAsync(
                "operator/password",
                new OperatorPasswordRequest(parse.GetValue(email)!),
                OperatorJson.Default.OperatorPasswordRequest,
                OperatorJson.Default.OperatorPassword,
                token).ConfigureAwait(false);
            Answer(json, set, OperatorJson.Default.OperatorPassword, () =>
                Console.WriteLine($"The password of {set.Email} is now: {set.Password}"));
        });
    }

    private static Command Failed() => New("failed", "Documents that could not be read, and why.", [], async (client, json, _, token) =>
    {
        var failures = await client.GetAsync("operator/failed", OperatorJson.Default.OperatorFailures, token)
            .ConfigureAwait(false);
        Answer(json, failures, OperatorJson.Default.OperatorFailures, () =>
        {
            foreach (var failure in failures.Latest)
            {
                Console.WriteLine($"{failure.Path}  {failure.Hydrater}: {failure.Error}");
            }

            Console.WriteLine(failures.Count == 0
                ? "Every document could be read."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failures.Count:#,0} could not be read; they are found by their names all the same."));
        });
    });

    private static Command Dead() => New("dead", "Jobs that were given up, and why.", [], async (client, json, _, token) =>
    {
        var jobs = await client.GetAsync("operator/dead", OperatorJson.Default.OperatorDeadJobArray, token)
            .ConfigureAwait(false);
        Answer(json, jobs, OperatorJson.Default.OperatorDeadJobArray, () =>
        {
            foreach (var job in jobs)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{job.DiedAt:u}  {job.Queue}  {job.Name}  after {job.Attempts} attempts: {job.Reason}"));
            }

            Console.WriteLine(jobs.Length == 0 ? "No job was given up." : "'anyfetch admin retry' tries them again.");
        });
    });

    private static Command Retry() => New("retry", "Try the jobs that were given up again.", [], (client, json, _, token) =>
        PostAsync(client, json, "operator/retry", "jobs will be tried again", token));

    private static Command Unindexed() => New(
        "unindexed", "Documents that could not be indexed, and why.", [], async (client, json, _, token) =>
        {
            var documents = await client.GetAsync("operator/unindexed", OperatorJson.Default.OperatorUnindexedArray, token)
                .ConfigureAwait(false);
            Answer(json, documents, OperatorJson.Default.OperatorUnindexedArray, () =>
            {
                foreach (var document in documents)
                {
                    Console.WriteLine($"{document.Id}  {document.Company}  {document.Reason}");
                }

                Console.WriteLine(documents.Length == 0
                    ? "Every document is indexed."
                    : "They are not found. 'anyfetch admin reindex' tries them again.");
            });
        });

    private static Command Reindex() => New("reindex", "Build the search index again from the store.", [], (client, json, _, token) =>
        PostAsync(client, json, "operator/reindex", "companies are indexed again, in the background", token));

    private static async Task PostAsync(
        OperatorClient client,
        bool json,
        string path,
        string what,
        CancellationToken cancellationToken)
    {
        var done = await client.PostAsync(
            path, new OperatorNothing(), OperatorJson.Default.OperatorNothing, OperatorJson.Default.OperatorCount, cancellationToken)
            .ConfigureAwait(false);
        Answer(json, done, OperatorJson.Default.OperatorCount, () => Console.WriteLine($"{done.Count} {what}."));
    }

    private static Command New(
        string name,
        string description,
        IReadOnlyList<Argument> arguments,
        Func<OperatorClient, bool, ParseResult, CancellationToken, Task> run)
    {
        var (json, server, data) = (CommonOptions.Json(), CommonOptions.Server(), CommonOptions.Data());
        var command = new Command(name, description) { json, server, data };
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        command.SetAction(async (parse, cancellationToken) =>
        {
            var profile = CommonOptions.RequireProfile(parse.GetValue(server), parse.GetValue(data));
            using var client = OperatorClient.Create(profile);
            await run(client, parse.GetValue(json), parse, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Answer<T>(bool json, T value, JsonTypeInfo<T> type, Action write)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(value, type));
        }
        else
        {
            write();
        }
    }
}
