import ProfilePage from "./profile/page";

/** The list on a phone; on a wide screen the list with its first page beside it. */
export default ProfilePage;
