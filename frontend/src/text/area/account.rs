//! Profile, password, signed-in devices.

crate::texts! {
    MY_DATA = "我的信息", "My data";
    NAME = "姓名", "Name";
    LOGIN = "工号", "Employee number";
    STATION = "所属网点", "Station";
    ROLES = "角色", "Roles";
    PERMISSIONS = "权限", "Permissions";
    SCOPE = "范围", "Scope";
    DEVICES = "已登录设备", "Signed-in devices";
    THIS_DEVICE = "当前设备", "This device";
    LAST_USED = "最近使用", "Last used";
    SIGNED_IN_AT = "登录时间", "Signed in";
    ADDRESS = "地址", "Address";
    BROWSER = "浏览器", "Browser";
    REVOKE = "强制下线", "End session";
    REVOKE_CONFIRM = "该设备将立即退出登录。", "That device is signed out at once.";
    REVOKED = "设备已下线", "The device is signed out";
    CURRENT_PASSWORD = "当前密码", "Current password";
    NEW_PASSWORD = "新密码", "New password";
    REPEAT_PASSWORD = "再次输入新密码", "New password again";
    PASSWORD_RULE = "8 至 128 个字符，建议使用一句好记的话。", "8 to 128 characters. A sentence you remember is best.";
    PASSWORDS_DIFFER = "两次输入不一致", "The two do not match";
    PASSWORD_CHANGED = "密码已修改，其他设备已下线", "The password is changed; other devices are signed out";
    MUST_CHANGE = "首次登录，请修改密码", "First sign-in: choose a new password";
    MUST_CHANGE_HINT = "初始密码只能使用一次。修改后即可开始工作。", "The initial password works only once. Change it and you can start.";
}
