//! Customers.

crate::texts! {
    TITLE = "客户", "Customers";
    ONE = "客户", "customer";
    NEW = "新建客户", "New customer";
    DETAIL = "客户详情", "Customer";
    EDIT = "编辑客户", "Edit customer";
    COMPANIES = "企业客户", "Companies";
    NAME = "客户名称", "Name";
    KIND = "客户类型", "Type";
    PHONE = "手机", "Mobile";
    PHONE_HINT = "接修时按手机号识别客户", "Recognised at intake";
    LANDLINE = "固定电话", "Landline";
    EMAIL = "邮箱", "E-mail";
    BELONGS_TO = "所属单位", "Belongs to";
    REGION = "省市区", "Region";
    ADDRESS = "详细地址", "Address";
    REMARK = "备注", "Remark";
    CONTACTS = "联系人", "Contacts";
    ADD_CONTACT = "添加联系人", "Add a contact";
    CONTACT_NAME = "姓名", "Name";
    POSITION = "职务 / 关系", "Position or relation";
    REACH = "联系方式", "How to reach";
    SEARCH_HINT = "名称、电话、地址", "Name, phone, address";
}
