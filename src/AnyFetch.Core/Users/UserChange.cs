namespace AnyFetch.Core.Users;

/// <summary>How a change of a user ended.</summary>
public enum UserChange
{
    Done,

    /// <summary>The user does not exist any more.</summary>
    Unknown,

    /// <summary>The e-mail address is another user's.</summary>
    EmailTaken,

    /// <summary>The company's name is taken.</summary>
    CompanyNameTaken,

    /// <summary>It would leave a company without an administrator.</summary>
    LastAdmin,
}
