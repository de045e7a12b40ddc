namespace AnyFetch.Provider.Sending;

/// <summary>What people should know of who sees a document.</summary>
internal enum AccessRemark
{
    None,

    /// <summary>The source would not tell.</summary>
    Unknown,

    /// <summary>The source named readers, and none of them is a user here.</summary>
    NobodyKnown,

    /// <summary>The source would not tell the members of a group.</summary>
    GroupUnknown,

    /// <summary>More readers than are looked up.</summary>
    TooMany,
}
