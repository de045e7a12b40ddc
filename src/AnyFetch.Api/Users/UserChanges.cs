using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Users;

/// <summary>Adds and changes users by the rules of api.md §5 and auth-and-tenancy §1.</summary>
internal sealed class UserChanges(
    IUserStore users,
    UserPasswords passwords,
    CredentialChanges credentials,
    TimeProvider timeProvider)
{
    /// <summary>Longest e-mail address, in characters.</summary>
    public const int EmailCharsMax = 320;

    /// <summary>Longest name, in characters.</summary>
    public const int NameCharsMax = 1000;

    /// <summary>Longest password, in characters.</summary>
    public const int PasswordCharsMax = 1000;

    public static Error LastAdmin { get; } =
        new(ErrorCode.NotAuthorized, "The company would be left without an administrator.");

    private static readonly Error s_emailTaken = Error.InvalidArgument("The parameter 'email' is another user's.");

    /// <summary>Adds a user to a company.</summary>
    public async ValueTask<(User? User, Error? Error)> AddAsync(
        CompanyId company,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        var fields = ReadFields(parameters);
        foreach (var (name, value) in new[] { ("email", fields.Email), ("password", fields.Password) })
        {
            if (string.IsNullOrEmpty(value))
            {
                return (null, parameters.Error ?? Error.MissingParameter(name));
            }
        }

        parameters.Require("name");
        if (parameters.Error is { } error)
        {
            return (null, error);
        }

        var user = new User
        {
            Id = new UserId(ObjectId.New(timeProvider.GetUtcNow())),
            Company = company,
            Email = fields.Email!,
            Name = fields.Name ?? "",
            IsAdmin = fields.IsAdmin ?? false,
            PasswordHash = await passwords.HashAsync(fields.Password!, cancellationToken).ConfigureAwait(false),
        };
        return await users.AddAsync(user, cancellationToken).ConfigureAwait(false) ? (user, null) : (null, s_emailTaken);
    }

    /// <summary>Changes a user; the caller was found to be the user or an administrator of the company.</summary>
    public async ValueTask<(User? User, Error? Error)> UpdateAsync(
        User caller,
        User user,
        ApiParameters parameters,
        CancellationToken cancellationToken)
    {
        var fields = ReadFields(parameters);
        foreach (var (name, value) in new[] { ("email", fields.Email), ("password", fields.Password) })
        {
            if (value is "")
            {
                parameters.Refuse(name, "must not be empty");
            }
        }

        if ((parameters.Error ?? RefuseRole(caller, user, fields.IsAdmin)) is { } error)
        {
            return (null, error);
        }

        var changed = user with
        {
            Email = fields.Email ?? user.Email,
            IsEmailVouched = fields.Email is { } email && (caller.IsAdmin || !IsSame(email, user.Email))
                ? caller.IsAdmin
                : user.IsEmailVouched,
            Name = fields.Name ?? user.Name,
            IsAdmin = fields.IsAdmin ?? user.IsAdmin,
            PasswordHash = fields.Password is { } password
                ? await passwords.HashAsync(password, cancellationToken).ConfigureAwait(false)
                : user.PasswordHash,
        };
        var result = await users.UpdateAsync(changed, cancellationToken).ConfigureAwait(false);
        credentials.Notify();
        return result switch
        {
            UserChange.Done => (changed, null),
            UserChange.EmailTaken => (null, s_emailTaken),
            UserChange.LastAdmin => (null, LastAdmin),
            _ => (null, new Error(ErrorCode.ResourceNotFound, "There is no such user.")),
        };
    }

    /// <summary>Nobody lifts themselves up, and nobody steps down by themselves.</summary>
    private static Error? RefuseRole(User caller, User user, bool? isAdmin)
    {
        if (isAdmin == true && !caller.IsAdmin)
        {
            return new Error(ErrorCode.Forbidden, "Only administrators make administrators.");
        }

        return isAdmin == false && user.IsAdmin && user.Id == caller.Id
            ? new Error(ErrorCode.Forbidden, "Administrators do not remove their own right.")
            : null;
    }

    private static bool IsSame(string email, string other) => User.NormalizeEmail(email) == User.NormalizeEmail(other);

    private static Fields ReadFields(ApiParameters parameters)
    {
        var fields = new Fields(
            parameters.Text("email")?.Trim(),
            parameters.Text("name"),
            parameters.Text("password"),
            parameters.Bool("is_admin"));
        Check("email", fields.Email, EmailCharsMax);
        Check("name", fields.Name, NameCharsMax);
        Check("password", fields.Password, PasswordCharsMax);
        return fields;

        void Check(string name, string? text, int charsMax)
        {
            if (text?.Length > charsMax)
            {
                parameters.Refuse(name, $"is longer than {charsMax} characters");
            }
            else if (text?.Contains('\0', StringComparison.Ordinal) == true)
            {
                parameters.Refuse(name, "must not hold a NUL character");
            }
        }
    }

    private readonly record struct Fields(string? Email, string? Name, string? Password, bool? IsAdmin);
}
