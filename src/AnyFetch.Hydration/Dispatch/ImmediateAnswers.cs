using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;
using AnyFetch.Hydration.Answers;
using AnyFetch.Hydration.Rounds;
using AnyFetch.Hydration.Workers;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Dispatch;

/// <summary>
/// Takes the answers of hydraters that have them at once into the round that calls these: neither a job nor a second write of
/// the document is made for what takes microseconds.
/// </summary>
internal sealed class ImmediateAnswers(
    JobRouting routing,
    ChangeSetReader changeSets,
    AnswerCleaner cleaner,
    IOptions<HydrationOptions> options)
{
    /// <summary>
    /// The document with the answers of all hydraters that a round calls; null when one of them needs a task.
    /// </summary>
    internal async ValueTask<Document?> TryAnswerAsync(
        Round round,
        DocumentType? type,
        CompanyHydration company,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var document = round.Document;
        foreach (var called in round.Dispatched)
        {
            if (routing.FindImmediate(called.Url) is not { } hydrater
                || await AnswerAsync(hydrater, document, type, company, cancellationToken).ConfigureAwait(false) is not { } answer)
            {
                return null;
            }

            document = AnswerMerge.Apply(
                document,
                document.Hydration.Generation,
                called.Url,
                answer,
                attempts: 1,
                now,
                called.Hydrater.RerunOn,
                options.Value.ProtectClientEdits)!;
        }

        return document;
    }

    private async ValueTask<HydraterAnswer?> AnswerAsync(
        IInProcessHydrater hydrater,
        Document document,
        DocumentType? type,
        CompanyHydration company,
        CancellationToken cancellationToken)
    {
        var json = DocumentJson.Write(document, type?.Name ?? "", company);
        var outcome = await hydrater.TryAnswerAsync(document, json, cancellationToken).ConfigureAwait(false);
        switch (outcome?.Kind)
        {
            case HydraterOutcomeKind.Nothing:
                return new HydraterAnswer(new DocumentChange(), null);
            case HydraterOutcomeKind.Changed:
                var answer = await changeSets.ReadAsync(outcome.Changes, document.Company, cancellationToken).ConfigureAwait(false);
                return answer with { Change = cleaner.Clean(answer.Change) };
            default:
                return null;
        }
    }
}
