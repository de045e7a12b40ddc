using AnyFetch.Client;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>One kind of record that can be read, and what becomes of it.</summary>
/// <param name="Name">Its name in the options.</param>
/// <param name="KeyPrefix">What its identifiers begin with, in every organisation.</param>
internal abstract record RecordKind(string Name, string KeyPrefix)
{
    /// <summary>The object that is queried.</summary>
    public virtual string Object => Name;

    /// <summary>The object whose deletions are asked for.</summary>
    public virtual string DeletedObject => Object;

    /// <summary>The field that identifies the document.</summary>
    public virtual string IdField => "Id";

    /// <summary>Which records count; null for all.</summary>
    public virtual string? Condition => null;

    /// <summary>The fields that are wanted; what the account may not see is not asked for.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>Fields of related records, as <c>Account.Name</c>.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>Whether a record is to be had, and not for example one that became another.</summary>
    public virtual bool Counts(SalesforceRecord record) => true;

    /// <summary>The document of a record.</summary>
    public abstract DocumentDraft Draft(SalesforceRecord record, RecordContext context);

    /// <summary>Where the content of a record is: for the queue.</summary>
    public virtual SyncItem.Upsert AddContent(SyncItem.Upsert item, SalesforceRecord record) => item;
}
