//! Customers.

crate::texts! {
    TITLE = "客户与供应商", "Customers and suppliers";
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
    ROLES = "往来类型", "Roles";
    TAX_NO = "税号", "Tax number";
    TRADE = "往来条件", "Terms";
    CREDIT_LIMIT = "信用额度", "Credit limit";
    PRICE_LEVEL = "价格级别", "Price level";
    TERMS_DAYS = "账期（天）", "Terms (days)";
    RUNS = "经营网点", "Runs the station";
    RUNS_HINT = "网点由该单位经营时填写：旧件等扣款记其应收", "When this party runs a station: what is kept back from the station it owes";
    TERMS_HINT = "不填表示货到付款", "Due at once when left empty";
    SUPPLIERS = "供应商与厂家", "Suppliers and makers";
    DEALERS = "经销商", "Dealers";
    SUPPLIER = "供应商", "Supplier";
    SEARCH_HINT = "名称、电话、地址", "Name, phone, address";
}
